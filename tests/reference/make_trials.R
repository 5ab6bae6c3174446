# make_trials.R -- expected values for pooling 2x2 tables, from metafor.
#   Rscript make_trials.R            (all sets; results cached in cache/)
#   Rscript make_trials.R NAME ...   (these sets only, printed, no JSON)
# Needs metafor, metadat, lme4, BiasedUrn, numDeriv, jsonlite is not needed.
# newdat/*.rda: data files of metadat 1.7-2 (GitHub) that metadat 1.2-0 lacks.
suppressWarnings(suppressPackageStartupMessages({library(metafor); library(metadat); library(lme4)}))
options(warn = 1, digits = 15)
GLMM_KMAX <- 40
args <- commandArgs(trailingOnly = TRUE)
dir.create("cache", showWarnings = FALSE)

# ------------------------------------------------------------------ sources
clean <- function(x) gsub("\\s+", " ", gsub("[\u2018\u2019]", "'", gsub("[\u201c\u201d]", '"', gsub("[\u2013\u2014]", "-", x))))
src_of_rd <- function(rd) {
  f <- tempfile(); tools::Rd2txt(rd, out = f, options = list(underline_titles = FALSE))
  L <- readLines(f, encoding = "UTF-8"); i <- grep("^Source:", L); if (!length(i)) return("")
  j <- grep("^[A-Z][A-Za-z ]*:$", L); j <- j[j > i][1]; if (is.na(j)) j <- length(L) + 1
  s <- L[(i + 1):(j - 1)]; while (length(s) && s[1] == "") s <- s[-1]
  e <- which(s == "")[1]; if (!is.na(e)) s <- s[seq_len(e - 1)]
  sub("^ ", "", gsub("_", "", gsub("\\*", "", clean(paste(s, collapse = " ")))))
}
rdb <- tools::Rd_db("metadat")
src <- function(nm) paste0("metadat 1.2-0, ", nm, ": ", src_of_rd(rdb[[paste0(nm, ".Rd")]]))
srcnew <- function(nm) paste0("metadat 1.7-2 (github.com/wviechtb/metadat, commit 0cb96ce4ff16586a9dbc8a9b0f9bc617538d2738), ",
                              nm, ": ", src_of_rd(tools::parse_Rd(file.path("newdat", paste0(nm, ".Rd")), permissive = TRUE)))
for (f in list.files("newdat", pattern = "rda$", full.names = TRUE)) load(f)

# ------------------------------------------------------------------ the sets
sets <- list()
add <- function(name, source, a, n1, c, n2, note = NULL) {
  d <- data.frame(a = as.numeric(a), n1 = as.numeric(n1), c = as.numeric(c), n2 = as.numeric(n2))
  d <- d[complete.cases(d), , drop = FALSE]
  stopifnot(all(d == round(d)), all(d$a <= d$n1), all(d$c <= d$n2), all(d >= 0), all(d$n1 > 0), all(d$n2 > 0),
            is.null(sets[[name]]))
  if (nrow(d) == 0) return(invisible())
  sets[[name]] <<- list(name = name, source = source, d = d, note = note)
}
s <- src
add("bcg", s("dat.bcg"), dat.bcg$tpos, dat.bcg$tpos + dat.bcg$tneg, dat.bcg$cpos, dat.bcg$cpos + dat.bcg$cneg)
for (t in unique(dat.yusuf1985$table)) with(dat.yusuf1985[dat.yusuf1985$table == t, ],
  add(paste0("yusuf1985-table", t), s("dat.yusuf1985"), ai, n1i, ci, n2i))
with(dat.nissen2007, {
  add("nissen2007-mi", srcnew("dat.nissen2007"), treat.infarction, treat.total, cont.infarction, cont.total)
  add("nissen2007-cvdeath", srcnew("dat.nissen2007"), treat.death, treat.total, cont.death, cont.total)
})
w <- merge(dat.tian2009[dat.tian2009$group == "Rosiglitazone", ], dat.tian2009[dat.tian2009$group == "Control", ], by = "study", sort = FALSE)
add("tian2009-mi", srcnew("dat.tian2009"), w$infarcts.x, w$n.x, w$infarcts.y, w$n.y)
add("tian2009-cvdeath", srcnew("dat.tian2009"), w$deaths.x, w$n.x, w$deaths.y, w$n.y)
with(dat.bassler2004, add("bassler2004", srcnew("dat.bassler2004"), Ee, Ne, Ec, Nc))
b <- dat.bachmann2010
for (r in unique(b$rehabtype)) for (o in c("admission", "mortality"))
  with(b[b$rehabtype == r & b$outcome == o & b$time == "followup", ],
       add(paste("bachmann2010", r, o, "followup", sep = "-"), srcnew("dat.bachmann2010"), ai, n1i, ci, n2i))
with(dat.collins1985a, {
  add("collins1985a-bleeding", s("dat.collins1985a"), b.xti, nti, b.xci, nci)
  add("collins1985a-operation", s("dat.collins1985a"), o.xti, nti, o.xci, nci)
  add("collins1985a-death", s("dat.collins1985a"), d.xti, nti, d.xci, nci)
})
with(dat.collins1985b, {
  add("collins1985b-preeclampsia", s("dat.collins1985b"), pre.xti, pre.nti, pre.xci, pre.nci)
  add("collins1985b-perinatal-death", s("dat.collins1985b"), ped.xti, fup.nti, ped.xci, fup.nci)
  add("collins1985b-stillbirth", s("dat.collins1985b"), stb.xti, fup.nti, stb.xci, fup.nci)
  add("collins1985b-neonatal-death", s("dat.collins1985b"), ned.xti, fup.nti, ned.xci, fup.nci)
})
for (x in c("egger2001", "li2007", "lee2004", "lau1992", "hine1989", "laopaiboon2015", "nielweise2007", "graves2010", "hahn2001", "linde2005")) {
  d <- get(paste0("dat.", x)); add(x, s(paste0("dat.", x)), d$ai, d$n1i, d$ci, d$n2i)
}
with(dat.linde2005[c(7:10, 13:25), ], add("linde2005-viechtbauer2007b", paste(s("dat.linde2005"), "[rows 7-10, 13-25]"), ai, n1i, ci, n2i))
with(dat.damico2009, add("damico2009", s("dat.damico2009"), xt, nt, xc, nc))
with(dat.hart1999, add("hart1999", s("dat.hart1999"), x1i, n1i, x2i, n2i))
with(dat.viechtbauer2021, add("viechtbauer2021", s("dat.viechtbauer2021"), xTi, nTi, xCi, nCi))
with(dat.dorn2007, add("dorn2007", s("dat.dorn2007"), x.a, n.a, x.p, n.p))
for (m in 1:4) with(dat.fine1993, add(paste0("fine1993-survival", 6 * m, "m"), s("dat.fine1993"), get(paste0("e", m, "i")), nei, get(paste0("c", m, "i")), nci))
with(dat.gibson2002, add("gibson2002", s("dat.gibson2002"), ai, ai + bi, ci, ci + di))
for (m in 1:6) with(dat.cannon2006, add(paste0("cannon2006-ep", m), s("dat.cannon2006"), get(paste0("ep", m, "t")), nt, get(paste0("ep", m, "c")), nc))
for (h in c("hcq", "cq")) with(dat.axfors2021[dat.axfors2021$hcq_cq == h, ], add(paste0("axfors2021-", h), s("dat.axfors2021"), hcq_arm_event, hcq_arm_total, control_arm_event, control_arm_total))
for (i in unique(dat.anand1999$intensity)) with(dat.anand1999[dat.anand1999$intensity == i, ], add(paste0("anand1999-", i), s("dat.anand1999"), ai, n1i, ci, n2i))
for (o in c("rngoal1", "rngoal2", "sngoal1", "sngoal2")) with(dat.dagostino1998[dat.dagostino1998$outcome == o, ], add(paste0("dagostino1998-", o), s("dat.dagostino1998"), xt, nt, xc, nc))
h <- dat.hartmannboyce2018
for (t in c("gum", "patch", "tablets/lozenges", "choice of product", "inhalator", "intranasal spray")) with(h[h$treatment == t, ],
  add(paste0("hartmannboyce2018-", gsub("[ /]", "-", t)), s("dat.hartmannboyce2018"), x.nrt, n.nrt, x.ctrl, n.ctrl))
for (g in unique(dat.landenberger2005$design)) with(dat.landenberger2005[dat.landenberger2005$design == g, ],
  add(paste0("landenberger2005-", g), s("dat.landenberger2005"), n.cbt.rec, n.cbt.rec + n.cbt.non, n.ctrl.rec, n.ctrl.rec + n.ctrl.non))
for (g in unique(dat.vanhowe1999$category)) with(dat.vanhowe1999[dat.vanhowe1999$category == g, ],
  add(paste0("vanhowe1999-", gsub(" ", "-", g)), s("dat.vanhowe1999"), non.pos, non.pos + non.neg, cir.pos, cir.pos + cir.neg))
with(dat.bourassa1996[dat.bourassa1996$sex == "combined", ], add("bourassa1996-combined",
  paste(s("dat.bourassa1996"), "[events = left-eyed; a = left-handed, b = right-handed]"), lh.le, lh.le + lh.re, rh.le, rh.le + rh.re))
with(dat.anand1999[dat.anand1999$intensity == "high" & dat.anand1999$asp.t == 0 & dat.anand1999$asp.c == 0, ],
  add("anand1999-high-no-aspirin", paste(s("dat.anand1999"), "[high intensity, no aspirin in either arm]"), ai, n1i, ci, n2i))
add("dersimonian2007-clasp", paste("tests of metafor 3.8-1, test_analysis_example_dersimonian2007.r: DerSimonian, R., & Kacker, R. (2007).",
  "Random-effects model for meta-analysis of clinical trials: An update. Contemporary Clinical Trials, 28(2), 105-114. CLASP example"),
  c(5, 5, 12, 69, 9, 313), c(156, 303, 565, 1570, 103, 4659), c(8, 17, 9, 94, 11, 352), c(74, 303, 477, 1565, 105, 4650))
# arm-based network sets: at most 4 pairs compared directly in >= 2 studies, most frequent first
slug <- function(x) gsub("[^A-Za-z0-9+]+", "-", x)
network <- function(nm, source, st, tr, ev, n, ctrl, maxpairs = 4) {
  d <- data.frame(st = as.character(st), tr = as.character(tr), ev = ev, n = n, stringsAsFactors = FALSE)
  d <- d[complete.cases(d) & d$tr != "", ]
  d <- d[!duplicated(d[, c("st", "tr")]), ]
  P <- list()
  for (u in unique(d$st)) { t <- sort(unique(d$tr[d$st == u])); if (length(t) > 1) P <- c(P, combn(t, 2, simplify = FALSE)) }
  key <- sapply(P, paste, collapse = "|"); tab <- table(key); tab <- tab[tab >= 2]
  tab <- tab[order(-tab, names(tab))]; tab <- tab[seq_len(min(maxpairs, length(tab)))]
  for (q in names(tab)) {
    t <- P[[match(q, key)]]; if (t[1] %in% ctrl) t <- rev(t)
    m <- merge(d[d$tr == t[1], ], d[d$tr == t[2], ], by = "st", sort = FALSE)
    add(paste0(nm, "-", slug(t[1]), "-vs-", slug(t[2])), source, m$ev.x, m$n.x, m$ev.y, m$n.y)
  }
}
with(dat.baker2009, network("baker2009", s("dat.baker2009"), id, treatment, exac, total, "Placebo"))
with(dat.dogliotti2014, network("dogliotti2014", s("dat.dogliotti2014"), id, treatment, stroke, total, "Placebo/Control"))
with(dat.dong2013, network("dong2013", s("dat.dong2013"), id, treatment, death, randomized, "Placebo"))
with(dat.gurusamy2011, network("gurusamy2011", s("dat.gurusamy2011"), study, treatment, death, n, "Control/Placebo"))
with(dat.hasselblad1998, network("hasselblad1998", s("dat.hasselblad1998"), study, trt, xi, ni, "no_contact"))
with(dat.pagliaro1992, network("pagliaro1992", s("dat.pagliaro1992"), study, trt, xi, ni, "control"))
l <- dat.linde2015
arm <- function(v) data.frame(id = rep(l$id, 3), t = c(l$treatment1, l$treatment2, l$treatment3), ev = c(l[[paste0(v, 1)]], l[[paste0(v, 2)]], l[[paste0(v, 3)]]), n = c(l$n1, l$n2, l$n3), stringsAsFactors = FALSE)
with(arm("resp"), network("linde2015-response", s("dat.linde2015"), id, t, ev, n, "Placebo"))
with(arm("loss.ae"), network("linde2015-loss-ae", s("dat.linde2015"), id, t, ev, n, "Placebo"))

hm <- "made by hand"
add("made-double-zero-some", hm, c(0, 2, 0, 5, 1, 0), c(40, 55, 60, 120, 33, 25), c(0, 4, 0, 9, 3, 1), c(42, 50, 61, 118, 35, 24), "two double-zero studies")
add("made-arm-a-all-zero", hm, c(0, 0, 0, 0), c(50, 60, 45, 100), c(2, 1, 3, 4), c(48, 61, 47, 98), "no events in arm a at all")
add("made-arm-b-all-zero", hm, c(3, 2, 1, 6, 2), c(50, 60, 45, 100, 80), c(0, 0, 0, 0, 0), c(48, 61, 47, 98, 75), "no events in arm b at all")
add("made-one-study-all-events", hm, c(12, 20, 7, 30), c(30, 20, 25, 80), c(15, 18, 11, 41), c(31, 18, 24, 82), "study 2: everyone has the event in both arms")
add("made-arm-a-all-events", hm, c(20, 15, 30), c(20, 15, 30), c(17, 13, 24), c(21, 16, 29), "everyone has the event in arm a of every study")
add("made-zero-in-each-corner", hm, c(0, 5, 12, 8), c(20, 22, 12, 19), c(4, 0, 9, 15), c(21, 20, 14, 15), "each study has one zero cell, each time another")
add("made-k2-opposite-zeros", hm, c(0, 3), c(30, 40), c(4, 0), c(29, 41))
add("made-k2-same-zeros", hm, c(0, 0), c(30, 40), c(4, 2), c(29, 41))
add("made-k2-plain", hm, c(8, 22), c(106, 98), c(5, 16), c(120, 85), "Rothman et al. 2008 Table 15-1 (tolbutamide, UGDP), as in metafor's tests")
add("made-k2-conflict", hm, c(40, 5), c(100, 100), c(5, 40), c(100, 100))
add("made-k1", hm, 7, 50, 14, 52)
add("made-k1-zero", hm, 0, 50, 6, 52)
add("made-k1-double-zero", hm, 0, 50, 0, 52)
add("made-all-double-zero", hm, c(0, 0, 0), c(20, 35, 50), c(0, 0, 0), c(22, 30, 51))
add("made-all-all-events", hm, c(20, 35, 50), c(20, 35, 50), c(22, 30, 51), c(22, 30, 51))
add("made-one-informative", hm, c(0, 3, 0, 0), c(20, 35, 50, 41), c(0, 1, 0, 0), c(22, 30, 51, 40), "three double-zero studies and one informative")
add("made-equal-tables", hm, rep(12, 5), rep(80, 5), rep(20, 5), rep(85, 5), "the same table five times")
add("made-equal-null", hm, rep(10, 5), rep(60, 5), rep(10, 5), rep(60, 5), "the same table with no effect five times")
add("made-large-n", hm, c(310, 1250, 87, 4021), c(152000, 498000, 60250, 1999000), c(402, 1333, 120, 4390), c(151500, 501200, 61000, 2003000))
add("made-huge-n", hm, c(2100000, 3500000, 900000), c(40000000, 52000000, 21000000), c(2200000, 3600000, 990000), c(41000000, 51000000, 22000000), "products overflow 32-bit integers; rma.glmm CM.EL not run")
add("made-very-rare", hm, c(1, 0, 2, 0, 1, 0, 0), c(5000, 3000, 8000, 2500, 1200, 900, 4000), c(0, 1, 0, 0, 1, 1, 0), c(2500, 3100, 4000, 2400, 1300, 850, 4100))
add("made-heterogeneous", hm, c(90, 5, 70, 3, 50, 60), c(100, 100, 120, 90, 80, 300), c(10, 80, 20, 60, 12, 250), c(100, 100, 110, 95, 85, 310), "large tau2")
add("made-unbalanced", hm, c(2, 1, 4, 0, 3), c(20, 12, 31, 9, 25), c(51, 60, 77, 40, 33), c(900, 1100, 1500, 700, 800), "one to fifty")
add("made-tiny-arms", hm, c(1, 0, 1, 2, 0, 1, 3, 0), c(1, 1, 2, 3, 2, 1, 3, 2), c(0, 1, 1, 1, 2, 1, 0, 0), c(1, 1, 2, 3, 2, 2, 3, 1), "one to three people an arm")
add("made-every-kind-of-zero", hm, c(0, 10, 0, 4, 8, 12, 3, 6), c(10, 10, 15, 30, 8, 12, 25, 40), c(0, 11, 5, 0, 5, 10, 7, 9), c(12, 11, 14, 31, 10, 10, 26, 39),
    "double zero, all events, zero in each single cell, two diagonal zeros, two plain")

# ------------------------------------------------------------------ fits
strip <- function(x) gsub("\\s+", " ", gsub("\033\\[[0-9;]*m", "", x))
num <- function(x) { x <- suppressWarnings(as.numeric(x)); if (length(x) == 0) NA_real_ else x[1] }
catching <- function(expr, limit = 900) {           # value, or list(error=); plus warnings
  ws <- character()
  setTimeLimit(elapsed = limit, transient = TRUE); on.exit(setTimeLimit())
  v <- tryCatch(withCallingHandlers(expr, warning = function(w) { ws <<- c(ws, strip(conditionMessage(w))); invokeRestart("muffleWarning") },
                                    message = function(m) invokeRestart("muffleMessage")),
                error = function(e) list(error = strip(conditionMessage(e))))
  list(v = v, w = unique(ws))
}
failed <- function(r) !is.null(r$v$error) && !inherits(r$v, "rma")
withw <- function(o, r) { if (length(r$w)) o$warnings <- r$w; o }
basic <- function(v) list(beta = num(v$beta), se = num(v$se), ci.lb = num(v$ci.lb), ci.ub = num(v$ci.ub))

fit_mh <- function(d, measure) {
  r <- catching(rma.mh(measure = measure, ai = d$a, n1i = d$n1, ci = d$c, n2i = d$n2, correct = FALSE))
  if (failed(r)) return(withw(list(error = r$v$error), r))
  withw(c(basic(r$v), list(pval = num(r$v$pval), QE = num(r$v$QE), k = num(r$v$k), k.yi = num(r$v$k.yi))), r)
}
fit_peto <- function(d) {
  r <- catching(rma.peto(ai = d$a, n1i = d$n1, ci = d$c, n2i = d$n2))
  if (failed(r)) return(withw(list(error = r$v$error), r))
  withw(c(basic(r$v), list(pval = num(r$v$pval), QE = num(r$v$QE), k = num(r$v$k), k.yi = num(r$v$k.yi))), r)
}
# Fisher scoring / uniroot controls, tightest first.  RD's tau2 is far below 1, so its absolute thresholds are tighter.
controls <- function(measure, method) {
  if (method %in% c("EE", "DL")) return(list(default = list()))
  t <- if (measure == "RD") c(1e-16, 1e-15, 1e-12) else c(1e-12, 1e-11)
  o <- list()
  for (th in t) for (st in c(1, 0.5, 0.1)) {
    if (method == "PM" && st != 1) next
    o[[sprintf("threshold=tol=%g, maxiter=%d, stepadj=%g", th, 100000L, st)]] <- list(threshold = th, tol = if (method == "PM") th else 1e-12, maxiter = 100000, stepadj = st)
    if (method == "PM") names(o)[length(o)] <- sprintf("tol=%g, maxiter=%d", th, 100000L)
    else names(o)[length(o)] <- sprintf("threshold=%g, tol=1e-12, maxiter=%d, stepadj=%g", th, 100000L, st)
  }
  o
}
fit_rma <- function(d, measure, method) {
  tries <- character()
  for (cn in names(cl <- controls(measure, method))) {
    f <- function(test) catching(rma(measure = measure, ai = d$a, n1i = d$n1, ci = d$c, n2i = d$n2, method = method, test = test, control = cl[[cn]]))
    z <- f("z"); if (!failed(z)) break
    tries <- c(tries, paste0("[", cn, "] ", z$v$error))
  }
  if (failed(z)) return(withw(list(error = z$v$error, tried = if (length(tries) > 1) tries else NULL), z))
  v <- z$v
  o <- list(k = num(v$k), tau2 = num(v$tau2), I2 = num(v$I2), QE = num(v$QE), beta = num(v$beta))
  o$z <- basic(v)[-1]
  q <- f("knha")
  if (failed(q)) o$knha <- list(error = q$v$error) else {
    o$knha <- basic(q$v)[-1]
    if (!identical(q$v$test, "knha")) o$knha$test.used <- q$v$test
    if (!isTRUE(all.equal(num(q$v$beta), o$beta, tolerance = 1e-14))) o$knha$beta <- num(q$v$beta)
  }
  if (method == "REML") {
    pi <- function(r) { p <- catching(predict(r$v)); if (!is.null(p$v$error)) list(NA, NA) else list(pi.lb = num(p$v$pi.lb), pi.ub = num(p$v$pi.ub)) }
    o$z[c("pi.lb", "pi.ub")] <- pi(z)
    if (!failed(q)) o$knha[c("pi.lb", "pi.ub")] <- pi(q)
  }
  if (!identical(v$method, method)) o$method.used <- v$method
  if (cn != names(cl)[1]) o$control <- cn
  w <- unique(c(z$w, setdiff(q$w, z$w))); w <- w[!grepl("Knapp & Hartung method is not meant", w)]; if (length(w)) o$warnings <- w
  o
}
fit_glmm <- function(d, model, nAGQ, ctl, skiphet, limit = 300) {
  errs <- character()
  for (cn in names(ctl)) {
    r <- catching(rma.glmm(measure = "OR", ai = d$a, n1i = d$n1, ci = d$c, n2i = d$n2, model = model, method = "ML", test = "z",
                           nAGQ = nAGQ, control = ctl[[cn]], skiphet = skiphet, retfit = TRUE), limit)
    if (!failed(r)) break
    errs <- c(errs, r$v$error)
  }
  if (failed(r)) return(withw(list(error = r$v$error, controls.tried = seq_along(ctl), errors = unique(errs)), r))
  v <- r$v
  llm <- if (model == "UM.FS" && nAGQ > 1) tryCatch(num(logLik(v$res.QE)) + num(logLik(v$res.ML)), error = function(e) NA_real_) else NULL
  withw(c(list(k = num(v$k)), basic(v), list(tau2 = num(v$tau2), logLik = num(v$fit.stats["ll", "ML"]), logLik.marginal = llm,
    control = if (length(ctl) > 1) match(cn, names(ctl)) else NULL)), r)
}
T_UM <- list("glmerCtrl: optimizer=bobyqa, rhoend=1e-9, maxfun=1e5, tolPwrss=1e-12" =
               list(glmerCtrl = list(optimizer = "bobyqa", optCtrl = list(rhobeg = 2e-3, rhoend = 1e-9, maxfun = 1e5), tolPwrss = 1e-12)),
             "glmerCtrl: optimizer=bobyqa, rhoend=1e-8, maxfun=1e5, tolPwrss=1e-10" =
               list(glmerCtrl = list(optimizer = "bobyqa", optCtrl = list(rhobeg = 2e-3, rhoend = 1e-8, maxfun = 1e5), tolPwrss = 1e-10)))
D_CM <- list("default (nlminb, dFNCHypergeo)" = list())
ic <- function(lo, up, tol) list(lower = lo, upper = up, rel.tol = tol, subdivisions = 2000L)
T_CM <- list()
for (o in list(c("nlminb", -Inf, Inf), c("nlminb", -20, 20), c("bobyqa", -Inf, Inf), c("optim", -Inf, Inf), c("nlminb", -10, 10)))
  T_CM[[sprintf("optimizer=%s; intCtrl: lower=%s, upper=%s, rel.tol=1e-10, subdivisions=2000; hessianCtrl: r=6", o[1], o[2], o[3])]] <-
    list(optimizer = o[1], optCtrl = if (o[1] == "bobyqa") list(rhoend = 1e-8) else list(),
         intCtrl = list(lower = as.numeric(o[2]), upper = as.numeric(o[3]), rel.tol = 1e-10, subdivisions = 2000L), hessianCtrl = list(r = 6))

# ---- independent maximisation of the same two likelihoods (not metafor): adaptive Gauss-Hermite, 60 nodes
gh <- function(n) { i <- seq_len(n - 1); J <- matrix(0, n, n); J[cbind(i, i + 1)] <- J[cbind(i + 1, i)] <- sqrt(i)
  e <- eigen(J, symmetric = TRUE); list(x = rev(e$values), w = rev(e$vectors[1, ]^2)) }        # for N(0,1)
GH <- gh(60); LW <- log(GH$w) + GH$x^2 / 2                                                      # sum exp(LW) g(x) = int g / sqrt(2pi)
lse <- function(M) { m <- apply(M, 1, max); m + log(rowSums(exp(M - m))) }
keep00 <- function(d) d[!((d$a == 0 & d$c == 0) | (d$a == d$n1 & d$c == d$n2)), , drop = FALSE]
own_cm <- function(d) {
  d <- keep00(d); k <- nrow(d); st <- lapply(seq_len(k), function(i) { m <- d$a[i] + d$c[i]; j <- max(0, m - d$n2[i]):min(d$n1[i], m)
    list(j = j, lw = lchoose(d$n1[i], j) + lchoose(d$n2[i], m - j), a = d$a[i]) })
  ll1 <- function(s, th) { L <- outer(th, s$j); L <- sweep(L, 2, s$lw, "+"); s$a * th + s$lw[match(s$a, s$j)] - lse(L) }
  f <- function(p) { mu <- p[1]; tau <- abs(p[2]); tot <- 0
    for (s in st) {
      u <- 0
      for (it in 1:60) { th <- mu + tau * u; q <- s$lw + s$j * th; q <- exp(q - max(q)); q <- q / sum(q); E <- sum(q * s$j); V <- sum(q * (s$j - E)^2)
        step <- (tau * (s$a - E) - u) / (tau^2 * V + 1); step <- max(-1.5, min(1.5, step)); u <- u + step; if (abs(step) < 1e-10) break }
      sc <- 1 / sqrt(tau^2 * V + 1); z <- u + sc * GH$x
      tot <- tot + lse(matrix(LW + ll1(s, mu + tau * z) - z^2 / 2, 1)) + log(sc)
    }
    -tot }
  own_max(f, k)
}
own_um <- function(d) {
  d <- keep00(d); k <- nrow(d); cst <- lchoose(d$n1, d$a) + lchoose(d$n2, d$c)
  env <- new.env(); env$al <- qlogis((d$a + d$c + .5) / (d$n1 + d$n2 + 1))
  lbin <- function(y, n, e) y * e - n * (pmax(e, 0) + log1p(exp(-abs(e))))
  f <- function(p) { mu <- p[1]; tau <- abs(p[2]); al <- env$al; u <- rep(0, k); ok <- FALSE
    inner <- function(al) {
      for (it in 1:200) { e1 <- al + (mu + tau * u) / 2; e2 <- al - (mu + tau * u) / 2; p1 <- plogis(e1); p2 <- plogis(e2)
        g <- tau / 2 * ((d$a - d$n1 * p1) - (d$c - d$n2 * p2)) - u; V <- tau^2 / 4 * (d$n1 * p1 * (1 - p1) + d$n2 * p2 * (1 - p2)) + 1
        step <- pmax(-1.5, pmin(1.5, g / V)); u <<- u + step; if (max(abs(step)) < 1e-11) break }
      sc <- 1 / sqrt(V); Z <- u + outer(sc, GH$x); e1 <- al + (mu + tau * Z) / 2; e2 <- al - (mu + tau * Z) / 2
      M <- lbin(d$a, d$n1, e1) + lbin(d$c, d$n2, e2) - Z^2 / 2 + matrix(LW, k, length(LW), byrow = TRUE)
      L <- lse(M) + log(sc); W <- exp(M - lse(M)); P1 <- plogis(e1); P2 <- plogis(e2)
      S <- d$a - d$n1 * P1 + d$c - d$n2 * P2; H <- -(d$n1 * P1 * (1 - P1) + d$n2 * P2 * (1 - P2))
      g1 <- rowSums(W * S); list(L = L, g = g1, h = rowSums(W * (H + S^2)) - g1^2) }
    cur <- inner(al)
    for (it in 1:200) { h <- pmin(cur$h, -1e-3); step <- pmax(-2, pmin(2, -cur$g / h)); nw <- inner(al + step)
      for (b in 1:30) { bad <- nw$L < cur$L - 1e-12; if (!any(bad)) break; step[bad] <- step[bad] / 2; nw <- inner(al + step) }
      al <- al + step; cur <- nw; if (max(abs(step)) < 1e-10) break }
    env$al <- al; -sum(cur$L + cst) }
  own_max(f, k)
}
own_max <- function(f, k) {
  if (k < 2) stop("fewer than 2 informative studies")
  best <- NULL
  for (s in list(c(0, .05), c(0, .3), c(0, 1), c(0, 2.5))) {
    o <- tryCatch(nlminb(s, f, control = list(rel.tol = 1e-14, x.tol = 1e-11, eval.max = 2000, iter.max = 1000), lower = c(-30, -30), upper = c(30, 30)), error = function(e) NULL)
    if (!is.null(o) && (is.null(best) || o$objective < best$objective)) best <- o }
  z <- optimize(function(m) f(c(m, 0)), c(-20, 20), tol = 1e-10)
  if (z$objective <= best$objective + 1e-9) { best$par <- c(z$minimum, 0); best$objective <- z$objective }
  p <- best$par; tau <- abs(p[2])
  if (abs(p[1]) > 15) stop("estimate runs off to infinity")
  if (tau > 25) stop("tau2 runs off to infinity")
  # Hessian in q around 1, steps in units of the rough standard error (numDeriv's own steps are relative to the parameter)
  h <- 1e-3; s0 <- 1 / sqrt((f(c(p[1] + h, tau)) - 2 * f(c(p[1], tau)) + f(c(p[1] - h, tau))) / h^2)
  M <- list(r = 6, d = 0.2)
  if (tau > 0) { H <- numDeriv::hessian(function(q) f(c(p[1] + s0 * (q[1] - 1), tau + s0 * (q[2] - 1))), c(1, 1), method.args = M)
    se <- tryCatch(s0 * sqrt(solve(H)[1, 1]), error = function(e) NA, warning = function(w) NA) }
  else se <- s0 / sqrt(numDeriv::hessian(function(q) f(c(p[1] + s0 * (q - 1), 0)), 1, method.args = M)[1, 1])
  list(beta = p[1], se = se, tau2 = tau^2, logLik = -best$objective)
}
own <- function(fn, d) { r <- catching(fn(d)); if (!is.null(r$v$error)) list(error = r$v$error) else r$v }

one <- function(x) {
  d <- x$d; o <- list(name = x$name, source = x$source, k = nrow(d), events_a = d$a, n_a = d$n1, events_b = d$c, n_b = d$n2)
  if (!is.null(x$note)) o$note <- x$note
  t0 <- proc.time()[3]
  for (m in c("OR", "RR", "RD")) {
    r <- list(MH = fit_mh(d, m)); if (m == "OR") r$PETO <- fit_peto(d)
    for (me in c("EE", "DL", "PM", "REML")) r[[me]] <- fit_rma(d, m, me)
    o[[m]] <- r
  }
  if (nrow(d) > GLMM_KMAX) o$glmm <- list(skipped = sprintf("k > %d", GLMM_KMAX)) else {
    g <- list()
    g[["UM.FS"]] <- fit_glmm(d, "UM.FS", 7, list("default (nAGQ=7)" = list()), FALSE)
    g[["UM.FS.nAGQ7.tight"]] <- fit_glmm(d, "UM.FS", 7, T_UM, FALSE)
    g[["UM.FS.nAGQ25.tight"]] <- fit_glmm(d, "UM.FS", 25, T_UM, FALSE)
    g[["UM.FS.own"]] <- own(own_um, d)
    if (max(d$a + d$c) > 5e5) g[["CM.EL"]] <- list(skipped = "counts too large") else {
      g[["CM.EL"]] <- fit_glmm(d, "CM.EL", 7, D_CM, TRUE)
      g[["CM.EL.own"]] <- own(own_cm, d)
      t2 <- g[["CM.EL.own"]]$tau2
      g[["CM.EL.tight"]] <- if (is.null(t2)) list(skipped = "CM.EL.own gives no estimate") else if (t2 == 0) list(skipped = "tau2 = 0 at the maximum (CM.EL.own)")
                            else fit_glmm(d, "CM.EL", 7, T_CM, TRUE, 120)
    }
    o$glmm <- g
  }
  cat(sprintf("%-45s k=%2d  %6.1f s\n", x$name, nrow(d), proc.time()[3] - t0))
  o
}

# ------------------------------------------------------------------ JSON by hand
q <- function(x) paste0('"', gsub('"', '\\"', gsub("\\", "\\\\", enc2utf8(x), fixed = TRUE), fixed = TRUE), '"')
js1 <- function(v) if (is.character(v)) q(v) else if (is.na(v)) "null" else if (is.infinite(v)) (if (v > 0) '"Infinity"' else '"-Infinity"') else sprintf("%.15g", v)
asarray <- c("events_a", "n_a", "events_b", "n_b", "warnings", "controls.tried", "tried", "errors", "UM.FS.tight_controls", "CM.EL.tight_controls", "sets")
js <- function(v, key = "") {
  if (is.null(v)) return("null")
  if (is.list(v) && !is.null(names(v))) { v <- v[!sapply(v, is.null)]
    return(paste0("{", paste0(q(names(v)), ":", mapply(js, v, names(v)), collapse = ","), "}")) }
  if (is.list(v)) return(paste0("[\n", paste(sapply(v, js), collapse = ",\n"), "\n]"))
  if (length(v) != 1 || key %in% asarray) return(paste0("[", paste(sapply(v, js1), collapse = ","), "]"))
  js1(v)
}
if (length(args)) { for (n in args) cat(gsub('},"', '},\n"', js(one(sets[[n]]))), "\n"); quit(save = "no") }
cat(length(sets), "sets\n")
res <- lapply(sets, function(x) { f <- file.path("cache", paste0(x$name, ".rds"))
  if (file.exists(f)) { r <- readRDS(f); if (identical(r$events_a, x$d$a) && identical(r$n_b, x$d$n2)) return(r) }
  r <- one(x); saveRDS(r, f); r })
pv <- function(p) as.character(packageDescription(p)$Version)
meta <- list(
  about = "Expected values for pooling 2x2 tables (a = treatment, b = control) computed with metafor in R.",
  versions = list(R = as.character(getRversion()), metafor = pv("metafor"), metadat = pv("metadat"), metadat_extra = "1.7-2 (data files only: nissen2007, tian2009, bassler2004, bachmann2010)",
                  lme4 = pv("lme4"), BiasedUrn = pv("BiasedUrn"), numDeriv = pv("numDeriv"), Matrix = pv("Matrix")),
  made = format(Sys.time(), "%Y-%m-%dT%H:%M:%SZ", tz = "UTC"),
  notes = list(
    scale = "OR and RR: log scale. RD: difference of proportions. null = NA or NaN in R; \"Infinity\" = Inf.",
    MH = "rma.mh(measure, ai, n1i, ci, n2i, correct=FALSE); add, to, drop00 at their defaults. k = tables that enter MH, k.yi = studies behind QE (double-zero and all-event studies dropped).",
    PETO = "rma.peto(ai, n1i, ci, n2i) at defaults.",
    rma = "rma(measure, ai, n1i, ci, n2i, method, test) with escalc defaults add=1/2, to=only0, drop00=FALSE. beta, tau2, I2, QE do not depend on test. Control: REML threshold=1e-12 (RD 1e-16), tol=1e-12 (for the check against tau2=0), maxiter=1e5, stepadj=1; PM tol=1e-12 (RD 1e-16), maxiter=1e5. Where another control was needed it is in 'control'. pi.lb/pi.ub from predict().",
    UM.FS = "rma.glmm(measure=OR, model=UM.FS, method=ML, test=z); lme4::glmer; nAGQ=7 default, and nAGQ=7/25 with a tighter bobyqa. logLik is what metafor reports: saturated glm log-likelihood - deviance(glmer)/2; that deviance is the conditional one, so the value is NOT the marginal log-likelihood when tau2 > 0. logLik.marginal = saturated glm log-likelihood + logLik(glmer), which is (lme4 with nAGQ > 1 gives logLik relative to the saturated model). 'control' of the tight fits: place (from 1) in UM.FS.tight_controls.",
    CM.EL = "rma.glmm(measure=OR, model=CM.EL, method=ML, test=z, skiphet=TRUE): skiphet leaves out only the saturated model of the heterogeneity test. CM.EL: default control; CM.EL.tight: finer integration (first of CM.EL.tight_controls that gives a fit without error; 'control' is its place, from 1; at most 120 s each; left out where the maximum is at tau2 = 0). With tau2 at 0 metafor maximises over log(tau2), so tau2 is only small and se can be wrong (far too small) or the Hessian singular: see *.own.",
    own = "*.own: NOT metafor. The same likelihood maximised in this script with 60-node adaptive Gauss-Hermite quadrature over (mu, tau); double-zero and all-event studies dropped as rma.glmm does. \"error\" where the likelihood has its supremum at infinity or fewer than 2 studies are left. se from the inverse Hessian in (mu, tau), or in mu alone where tau = 0. Check on the metafor numbers.",
    UM.FS.tight_controls = names(T_UM), CM.EL.tight_controls = names(T_CM),
    glmm_limit = sprintf("GLMM fits only for k <= %d.", GLMM_KMAX)),
  sets = unname(res))
out <- js(meta)
con <- file("trials_metafor.json", "w", encoding = "UTF-8"); writeLines(out, con); close(con)
cat("trials_metafor.json:", file.info("trials_metafor.json")$size, "bytes,", length(res), "sets\n")
