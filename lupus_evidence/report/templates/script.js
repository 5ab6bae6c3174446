// Filters, sorting and opening of parts. Without this script everything is still there.
(function () {
  "use strict";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }
  function byId(id) { return document.getElementById(id); }

  all(".js-only").forEach(function (element) { element.hidden = false; });

  // Sorting: the lines of each group, its heading and its pooled lines stay in place.
  function valueOf(text, kind) {
    if (kind === "text") { return text || null; }
    var found = (text || "").match(/-?\d+(\.\d+)?/);
    return found ? parseFloat(found[0]) : null;
  }
  function compare(a, b) {
    if (typeof a === "string") { return a.localeCompare(b, "en"); }
    return a - b;
  }
  function ordered(keyed, up) {
    return keyed.sort(function (a, b) {
      // what is not stated comes last, whichever way the rest is sorted
      if (a.key === null || b.key === null) {
        return (a.key === null) - (b.key === null) || a.place - b.place;
      }
      return (up ? 1 : -1) * compare(a.key, b.key) || a.place - b.place;
    });
  }
  function sortBy(table, header, kind) {
    var column = header.cellIndex;
    var up = header.getAttribute("aria-sort") !== "ascending";
    all("th[aria-sort]", table).forEach(function (other) {
      other.removeAttribute("aria-sort");
    });
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    Array.prototype.forEach.call(table.tBodies, function (body) {
      var lines = all("tr.row", body);
      if (lines.length < 2) { return; }
      var after = lines[lines.length - 1].nextSibling;
      var keyed = lines.map(function (row, place) {
        var cell = row.cells[column];
        var text = cell.dataset.v || cell.textContent.trim();
        return { row: row, key: valueOf(text, kind), place: place };
      });
      ordered(keyed, up).forEach(function (item) { body.insertBefore(item.row, after); });
    });
  }
  all("table.sortable").forEach(function (table) {
    all("th[data-sort]", table).forEach(function (header) {
      var button = document.createElement("button");
      button.type = "button";
      while (header.firstChild) { button.appendChild(header.firstChild); }
      header.appendChild(button);
      button.addEventListener("click", function () {
        sortBy(table, header, header.dataset.sort);
      });
    });
  });

  // The list of studies: sorting and filters.
  var list = byId("list");
  var rows = all("details.study", list);
  var words = rows.map(function (row) { return row.textContent.toLowerCase(); });
  all("#sort button").forEach(function (button) {
    button.addEventListener("click", function () {
      var key = button.dataset.sort;
      var up = button.dataset.way !== "up";
      all("#sort button").forEach(function (other) { delete other.dataset.way; });
      button.dataset.way = up ? "up" : "down";
      var keyed = all("details.study", list).map(function (row, place) {
        return { row: row, key: valueOf(row.dataset[key], key === "name" || key === "counted" ? "text" : "number"), place: place };
      });
      ordered(keyed, up).forEach(function (item) { list.appendChild(item.row); });
    });
  });

  var form = byId("filters");
  var chosen = null;
  function fits(row, place) {
    var text = byId("f-text").value.trim().toLowerCase();
    var therapy = byId("f-therapy").value;
    var design = byId("f-design").value;
    var country = byId("f-country").value;
    var since = parseInt(byId("f-since").value, 10);
    var size = parseInt(byId("f-size").value, 10);
    var family = byId("f-family").value;
    var data = row.dataset;
    return (!chosen || chosen.ids.indexOf(data.id) >= 0) &&
      text.split(/\s+/).every(function (word) { return words[place].indexOf(word) >= 0; }) &&
      (!therapy || data.therapy.split(" ").indexOf(therapy) >= 0) &&
      (!design || data.design === design) &&
      (!country || data.country.split(" ").indexOf(country) >= 0) &&
      (!family || data.family === family) &&
      (isNaN(since) || Number(data.year) >= since) &&
      (isNaN(size) || (data.people !== "" && Number(data.people) >= size));
  }
  function filter() {
    var shown = 0;
    rows.forEach(function (row, place) {
      row.hidden = !fits(row, place);
      shown += row.hidden ? 0 : 1;
    });
    var about = chosen ? " Behind the bubble: " + chosen.says + "." : "";
    byId("found").textContent = shown + " of " + rows.length + " records shown." + about;
    all(".map a").forEach(function (bubble) {
      if (chosen && bubble === chosen.bubble) {
        bubble.setAttribute("aria-current", "true");
      } else {
        bubble.removeAttribute("aria-current");
      }
    });
  }
  form.addEventListener("input", filter);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () {
    chosen = null;
    setTimeout(filter, 0);
  });
  all(".map a").forEach(function (bubble) {
    bubble.addEventListener("click", function (event) {
      event.preventDefault();
      form.reset();
      chosen = {
        bubble: bubble,
        ids: bubble.dataset.studies.split(" "),
        says: bubble.querySelector("title").textContent
      };
      setTimeout(function () {
        filter();
        open(byId("filters"));
        byId("studies").scrollIntoView();
        byId("f-text").focus({ preventScroll: true });
      }, 0);
    });
  });
  filter();

  // Whatever a link leads to is opened, also what a filter had hidden.
  function open(target) {
    for (var part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") {
        part.open = true;
        part.hidden = false;
      }
    }
  }
  function follow() {
    var target = location.hash.length > 1 ? byId(location.hash.slice(1)) : null;
    if (!target) { return; }
    open(target);
    if (target.tagName === "SECTION" && target.querySelector(".part")) {
      target.querySelector(".part").open = true;
    }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", follow);
  document.addEventListener("click", function (event) {
    var link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
    // the same link again changes no hash, but may lead to what was closed since
    if (link && !event.defaultPrevented && link.hash === location.hash) { follow(); }
  });
  follow();

  // A box that holds more than it shows says so.
  var boxes = all(".scroll");
  function measure(box) {
    box.classList.toggle("wide", box.scrollWidth > box.clientWidth + 1);
  }
  if (window.ResizeObserver) {
    var watcher = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) { measure(entry.target); });
    });
    boxes.forEach(function (box) { watcher.observe(box); });
  } else {
    boxes.forEach(measure);
  }

  // Printed with everything, where that was asked for.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    if (!document.body.classList.contains("appendix")) { return; }
    opened = all("details:not([open])");
    opened.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
    opened = [];
  });
}());
