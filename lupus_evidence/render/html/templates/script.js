// Filters, sorting and opening of cards. Without this script everything is still there.
(function () {
  "use strict";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }
  function byId(id) { return document.getElementById(id); }

  all(".js-only").forEach(function (element) { element.hidden = false; });

  // Sorting: the lines of each group, its heading and its pooled lines stay in place.
  function value(row, column, kind) {
    var cell = row.cells[column];
    var text = cell.dataset.v || cell.textContent.trim();
    if (kind === "text") { return text || null; }
    var found = text.match(/-?\d+(\.\d+)?/);
    return found ? parseFloat(found[0]) : null;
  }
  function compare(a, b) {
    if (typeof a === "string") { return a.localeCompare(b, "en"); }
    return a - b;
  }
  function sortBy(table, header, kind) {
    var column = header.cellIndex;
    var up = header.getAttribute("aria-sort") !== "ascending";
    all("th[aria-sort]", table).forEach(function (other) {
      other.removeAttribute("aria-sort");
    });
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    Array.prototype.forEach.call(table.tBodies, function (body) {
      var rows = all("tr.row", body);
      if (rows.length < 2) { return; }
      var after = rows[rows.length - 1].nextSibling;
      var keyed = rows.map(function (row, place) {
        return { row: row, key: value(row, column, kind), place: place };
      });
      keyed.sort(function (a, b) {
        // what is not stated comes last, whichever way the rest is sorted
        if (a.key === null || b.key === null) {
          return (a.key === null) - (b.key === null) || a.place - b.place;
        }
        return (up ? 1 : -1) * compare(a.key, b.key) || a.place - b.place;
      });
      keyed.forEach(function (item) { body.insertBefore(item.row, after); });
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

  // Filters of the list of studies; cards follow the list.
  var form = byId("filters");
  var rows = all("#list tr.row");
  var cards = {};
  all(".card").forEach(function (card) { cards[card.dataset.id] = card; });
  var words = rows.map(function (row) {
    var card = cards[row.dataset.id];
    return (row.textContent + " " + (card ? card.textContent : "")).toLowerCase();
  });
  var chosen = null;

  function fits(row, place) {
    var text = byId("f-text").value.trim().toLowerCase();
    var therapy = byId("f-therapy").value;
    var design = byId("f-design").value;
    var country = byId("f-country").value;
    var since = parseInt(byId("f-since").value, 10);
    var size = parseInt(byId("f-size").value, 10);
    var data = row.dataset;
    return (!chosen || chosen.ids.indexOf(data.id) >= 0) &&
      text.split(/\s+/).every(function (word) { return words[place].indexOf(word) >= 0; }) &&
      (!therapy || data.therapy.split(" ").indexOf(therapy) >= 0) &&
      (!design || data.design === design) &&
      (!country || data.country.split(" ").indexOf(country) >= 0) &&
      (isNaN(since) || Number(data.year) >= since) &&
      (isNaN(size) || (data.people !== "" && Number(data.people) >= size));
  }
  function filter() {
    var shown = 0;
    rows.forEach(function (row, place) {
      var fit = fits(row, place);
      row.hidden = !fit;
      if (cards[row.dataset.id]) { cards[row.dataset.id].hidden = !fit; }
      shown += fit ? 1 : 0;
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
        byId("all-studies").scrollIntoView();
        byId("f-text").focus({ preventScroll: true });
      }, 0);
    });
  });
  filter();

  // Cards: a link to one opens it, also one that a filter had hidden.
  function follow() {
    var target = location.hash.length > 1 ? byId(location.hash.slice(1)) : null;
    if (!target) { return; }
    for (var part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") {
        part.open = true;
        part.hidden = false;
      }
    }
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", follow);
  follow();

  var openAll = byId("open-all");
  openAll.addEventListener("click", function () {
    var open = openAll.getAttribute("aria-pressed") !== "true";
    openAll.setAttribute("aria-pressed", String(open));
    openAll.textContent = open ? "Close all cards" : "Open all cards";
    all(".card").forEach(function (card) { card.open = open; });
  });

  // On paper everything but the closed cards is open.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = all("details:not(.card):not([open])");
    opened.forEach(function (part) { part.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
  });
}());
