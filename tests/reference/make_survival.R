# Survival of several studies as one curve by sampling: the model of survival.py written out for JAGS,
# with both hazards, every centre's factor and the spread drawn; no grid, table or mixture of the program.
# usage: Rscript make_survival.R sets.json OUT.json [sd of log hazards] [scale of tau] [draws a block] [first seed]
suppressMessages({library(rjags); library(jsonlite)})
args <- commandArgs(TRUE)
num <- function(i, default) if (length(args) >= i) as.numeric(args[i]) else default
WIDTH <- num(3, 1.5); SCALE <- num(4, 1); BLOCK <- num(5, 1e5); SEED <- num(6, 0)
TIMES <- c(3, 6, 12, 24, 60, 120); TAILS <- c(.5, .025, .975)
CHAINS <- 4; BURN <- 1e4; MOST <- 12; BATCHES <- 25           # blocks at most; batches a chain
MEDIAN_ERROR <- .001; END_ERROR <- .003
MODEL <- "model {
  log_h1 ~ dnorm(log(0.01), pow(width, -2))
  log_h2 ~ dnorm(log(0.003), pow(width, -2))
  tau ~ dnorm(0, pow(scale, -2)) T(0,)
  h1 <- exp(log_h1)
  h2 <- exp(log_h2)
  for (i in 1:k) { z[i] ~ dnorm(0, 1) }
  z_new ~ dnorm(0, 1)
  u_new <- tau*z_new
  %s
  %s
}"
BETWEEN <- "for (j in 1:nb) { db[j] ~ dbin(1 - exp(-exp(tau*z[ib[j]])*(h1*a[j] + h2*b[j])), nn[j]) }"
OVER <- "for (j in 1:no) { do[j] ~ dpois(exp(tau*z[io[j]])*(h1*e[j] + h2*l[j])) }"
field <- function(rows, name) as.numeric(sapply(rows, `[[`, name))
fit <- function(set, number) {
  rows <- do.call(c, lapply(seq_along(set$studies), function(i) lapply(set$studies[[i]], function(o) c(o, study=i))))
  kind <- sapply(rows, `[[`, "kind"); B <- rows[kind=="between"]; O <- rows[kind=="over"]
  data <- list(k=length(set$studies), width=WIDTH, scale=SCALE)
  if (length(B)) { s <- field(B, "start"); t <- field(B, "end")
    data <- c(data, list(nb=length(B), db=field(B, "deaths"), nn=field(B, "alive"), ib=field(B, "study"),
      a=pmax(0, pmin(t, 6)-pmin(s, 6)), b=pmax(t, 6)-pmax(s, 6))) }
  if (length(O)) data <- c(data, list(no=length(O), do=field(O, "deaths"), io=field(O, "study"), e=field(O, "early"), l=field(O, "later")))
  starts <- lapply(1:CHAINS, function(c) list(.RNG.name="base::Mersenne-Twister", .RNG.seed=SEED+1000*number+c,
    log_h1=log(c(.002, .01, .03, .01)[c]), log_h2=log(c(.003, .001, .003, .01)[c]), tau=c(.2, .5, 1, 1.5)[c], z=rep(0, data$k)))
  model <- jags.model(textConnection(sprintf(MODEL, if (length(B)) BETWEEN else "", if (length(O)) OVER else "")),
    data=data, inits=starts, n.chains=CHAINS, n.adapt=5000, quiet=TRUE)
  update(model, BURN, progress.bar="none")
  draws <- NULL; blocks <- 0
  repeat {
    more <- lapply(coda.samples(model, c("h1", "h2", "tau", "u_new"), n.iter=BLOCK, progress.bar="none"), as.matrix)
    draws <- if (is.null(draws)) more else Map(rbind, draws, more); blocks <- blocks+1
    part <- function(f) lapply(draws, f)                         # one vector a chain
    # quantiles of all draws; their error from those of 25 consecutive batches of each chain
    both <- function(chains) { q <- quantile(unlist(chains), TAILS, names=FALSE)
      each <- sapply(chains, function(x) apply(matrix(x, ncol=BATCHES), 2, quantile, TAILS, names=FALSE), simplify="array")
      list(q=q, error=apply(each, 1, sd)/sqrt(CHAINS*BATCHES)) }
    curve <- lapply(TIMES, function(t) { e <- min(t, 6); l <- t-e
      list(typical=both(part(function(d) exp(-(d[,"h1"]*e+d[,"h2"]*l)))),
           new=both(part(function(d) exp(-exp(d[,"u_new"])*(d[,"h1"]*e+d[,"h2"]*l))))) })
    tau <- both(part(function(d) d[,"tau"]))
    of <- function(which, i) max(sapply(curve, function(x) x[[which]]$error[i]))
    errors <- c(typical_median=of("typical", 1), typical_ends=of("typical", 2:3), new_median=of("new", 1), new_ends=of("new", 2:3), tau_median=tau$error[1])
    if (blocks == MOST || (errors[1] <= MEDIAN_ERROR && max(errors[c(2, 4)]) <= END_ERROR && errors[5] <= END_ERROR)) break }
  kept <- as.mcmc.list(lapply(draws, function(d) mcmc(cbind(log_h1=log(d[,"h1"]), log_h2=log(d[,"h2"]), tau=d[,"tau"], u_new=d[,"u_new"]))))
  named <- function(x) as.list(signif(x, 4))
  row <- function(x) list(median=x$q[1], ci=x$q[2:3], error=x$error)
  cat(set$name, "draws a chain", BLOCK*blocks, "ess", round(effectiveSize(kept)), "errors", signif(errors, 2), "\n")
  list(name=set$name, studies=set$studies, tau=tau$q[1],
    curve=lapply(seq_along(TIMES), function(i) list(months=TIMES[i], alive=row(curve[[i]]$typical), new_centre=row(curve[[i]]$new))),
    draws_a_chain=BLOCK*blocks, effective=as.list(round(effectiveSize(kept))), rhat=named(gelman.diag(kept, autoburnin=FALSE, multivariate=FALSE)$psrf[,1]),
    largest_errors=named(errors)) }
sets <- read_json(args[1])
found <- lapply(seq_along(sets), function(i) fit(sets[[i]], i))
write(toJSON(list(source=list(program=paste("Rscript make_survival.R sets.json OUT.json", WIDTH, SCALE, BLOCK, SEED), r=R.version.string, jags=as.character(jags.version()),
    rjags=as.character(packageVersion("rjags")), chains=CHAINS, adapt=5000, burn=BURN, seeds=sprintf("%.0f + 1000 x number of the set + chain", SEED),
    model="deaths ~ Bin(alive, 1-exp(-exp(u)(h1 a+h2 b))) or Poisson(exp(u)(h1 early+h2 later)), u ~ N(0, tau^2), log h1 ~ N(log 0.01, width^2), log h2 ~ N(log 0.003, width^2), tau ~ HalfNormal(scale)",
    width=WIDTH, scale=SCALE, errors="Monte Carlo standard errors from quantiles of 100 batches: median, lower, upper"), sets=found),
  auto_unbox=TRUE, digits=6, pretty=1), args[2])
