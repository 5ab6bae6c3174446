# What metafor gives with tight tolerances and more quadrature nodes than its default,
# on the published sets and on twelve simulated ones; usage: Rscript make_metafor_tight.R OUT.json
suppressMessages({library(metafor); library(jsonlite)})
safe <- function(e) tryCatch(suppressWarnings(e), error=function(err) NULL)
sets <- list(
  "miller1978"=list(x=c(3,6,10,1), n=c(11,17,21,6)),
  "stijnen2010-control"=list(x=c(3,3,9,7,6,4,3,2,19,2,7,1,5,11,0,1,3,1),
    n=c(117,35,195,136,157,139,177,39,103,122,64,58,175,180,105,262,362,69)),
  "pritz1997"=list(x=c(16,10,4,43,10,25,13,12,22,4,5,18,58,6), n=c(17,12,8,58,10,42,14,12,41,5,6,23,68,10)),
  "debruin2009"=list(x=c(11,24,179,82,60,11,99,9,88,17,26,23,40), n=c(29,33,326,240,110,29,244,17,215,26,138,55,54)),
  "zero-and-full-cells"=list(x=c(0,4,16,3,9), n=c(7,4,16,12,10)))
set.seed(20261123)
sizes <- c(4,6,7,8,10,12,15,18,20,24,28,31,35,40,46,58,68,81,87)
for (i in 1:12) { k <- c(3,4,5,8,10,15)[(i-1) %% 6 + 1]; n <- sample(sizes, k, TRUE)
  p <- plogis(rnorm(k, c(-2,0,1.5)[(i-1) %% 3 + 1], c(0.4,0.8,1.2)[(i-1) %/% 4 + 1]))
  sets[[paste0("simulated-", i)]] <- list(x=rbinom(k, n, p), n=n) }
out <- lapply(names(sets), function(name) { x <- sets[[name]]$x; n <- sets[[name]]$n
  r <- list(name=name, events=x, n=n)
  for (m in c("PM","REML","ML")) { f <- rma(measure="PLO", xi=x, ni=n, method=m, add=0.5, to="only0",
      control=list(tol=1e-13, threshold=1e-13, maxiter=10000))
    ci <- safe(confint(f, type=if (m=="ML") "PL" else "QP", control=list(tol=1e-12, tau2.max=1000)))
    r[[m]] <- list(logit=as.numeric(f$beta), se=f$se, tau2=f$tau2,
      tau2_ci=if (is.null(ci)) NULL else as.numeric(ci$random[1, 2:3])) }
  g <- NULL
  for (q in c(99, 25)) { g <- safe(rma.glmm(measure="PLO", xi=x, ni=n, nAGQ=q, test="t"))
    if (!is.null(g)) { r$glmm <- list(nodes=q, logit=as.numeric(g$beta), se=g$se, tau2=g$tau2,
      ci_t=c(g$ci.lb, g$ci.ub), q_lrt=g$QE.LRT, I2=g$I2); break } }
  r })
write(toJSON(list(r=R.version.string, metafor=as.character(packageVersion("metafor")),
  lme4=as.character(packageVersion("lme4")), results=out), auto_unbox=TRUE, digits=12, pretty=FALSE, null="null"), commandArgs(TRUE)[1])
