# What individuals' data of eight studies say of survival, and what those studies would print of them;
# usage: Rscript make_individuals.R OUT.json
# Sets are seeds 1 to 3, none chosen, and seed 4 with ten times as many people. One hazard to 6 months and
# another later, no spread between studies.
suppressMessages({library(survival); library(jsonlite)})
EARLY <- .014; LATER <- .004; TIMES <- c(6, 12, 24, 60)
# people, and follow-up that ends evenly between two months; one in 100 a month is lost where a curve is printed
DESIGN <- data.frame(n=c(64, 52, 71, 58, 66, 49, 60, 55), from=c(6, 24, 60, 6, 18, 24, 6, 12), to=c(60, 72, 120, 72, 84, 96, 60, 90),
  prints=c("visits 6", "visits 6 24", "visits 6 60", "curve 24", "curve 24", "curve 60", "mean", "mean"))
people <- function(i, times) { d <- DESIGN[i,]; d$n <- d$n*times; hazard <- rexp(d$n)
  died <- ifelse(hazard < 6*EARLY, hazard/EARLY, 6 + (hazard - 6*EARLY)/LATER)
  ends <- runif(d$n, d$from, d$to)
  if (grepl("curve", d$prints)) ends <- pmin(ends, rexp(d$n, .01))
  data.frame(study=i, time=pmin(died, ends), dead=as.numeric(died <= ends)) }
printed <- function(x) { words <- strsplit(DESIGN$prints[x$study[1]], " ")[[1]]; at <- as.numeric(words[-1]); n <- nrow(x)
  if (words[1] == "mean") return(list(kind="mean", deaths=sum(x$dead), n=n, months=round(mean(x$time), 1)))
  if (words[1] == "curve") { s <- summary(survfit(Surv(time, dead) ~ 1, x), times=at)
    return(list(kind="curve", n=n, months=at, percent=sprintf("%.1f", 100*s$surv), se=sprintf("%.1f", 100*s$std.err))) }
  list(kind="visits", n=n, months=I(at), alive=I(sapply(at, function(t) sum(x$time > t)))) }
answers <- function(all) { s <- summary(survfit(Surv(time, dead) ~ 1, all, conf.type="log-log"), times=TIMES)
  pieces <- survSplit(Surv(time, dead) ~ ., all, cut=6, episode="piece")
  fit <- glm(dead ~ 0 + factor(piece) + offset(log(time - tstart)), poisson, pieces)
  rate <- exp(coef(fit)); months <- cbind(pmin(TIMES, 6), pmax(TIMES - 6, 0))
  sum <- drop(months %*% rate); error <- sqrt(diag(months %*% (diag(rate) %*% vcov(fit) %*% diag(rate)) %*% t(months)))/sum
  list(deaths=sum(all$dead), rates=unname(rate), curve=lapply(seq_along(TIMES), function(i) list(months=TIMES[i],
    kaplan_meier=c(s$surv[i], s$lower[i], s$upper[i]), two_rates=exp(-sum[i]*exp(c(0, 1, -1)*qnorm(.975)*error[i]))))) }
sets <- lapply(1:4, function(seed) { set.seed(seed); studies <- lapply(1:nrow(DESIGN), people, times=if (seed == 4) 10 else 1)
  c(list(seed=seed, studies=lapply(studies, printed)), answers(do.call(rbind, studies))) })
write(toJSON(list(source=list(r=R.version.string, survival=as.character(packageVersion("survival")), truth=c(EARLY, LATER),
    kaplan_meier="survfit of everybody, conf.type log-log: estimate, low, high",
    two_rates="Poisson glm of everybody, split at 6 months; interval by the delta method on the log cumulative hazard"), sets=sets),
  auto_unbox=TRUE, digits=5), commandArgs(TRUE)[1])
