# The default model with one study a side, without the grid, quadrature or code of the program:
# with tau ~ HalfNormal(1), theta - m = tau z is the product of two standard normals, whose density
# is K0(|d|) / pi (Bessel function of the second kind), so that tau needs no integration at all:
#   p(m | x) ~ expit(m)^a (1 - expit(m))^a  integral Bin(x; n, expit(m + d)) K0(|d|) / pi dd
# usage: Rscript make_single_study.R OUT.json
suppressMessages(library(jsonlite))
LOGITS <- seq(-45, 45, by=0.02)
tight <- function(f, a, b) integrate(f, a, b, rel.tol=1e-10, subdivisions=2000, stop.on.error=FALSE)$value
posterior <- function(x, n) { a <- if (x==0 || x==n) 1 else 0.5
  top <- if (x==0 || x==n) 0 else x*log(x/n) + (n-x)*log(1-x/n)
  f <- function(t) exp(x*plogis(t, log.p=TRUE) + (n-x)*plogis(-t, log.p=TRUE) - top)
  own <- qlogis((x+.5)/(n+1)); width <- 1/sqrt((n+1)*dlogis(own))
  # d = e^s on either side of 0: the logarithm of K0 at 0 becomes harmless
  like <- function(m) sum(sapply(c(-1,1), function(side) {
    cuts <- sort(unique(pmin(pmax(c(1e-12, .01, .1, .5, 2, side*(own-m)+c(-6,-2,0,2,6)*width, 45), 1e-12), 45)))
    sum(mapply(function(l, u) if (u > l) tight(function(s) f(m+side*exp(s))*besselK(exp(s),0)/pi*exp(s), log(l), log(u)) else 0,
      head(cuts,-1), tail(cuts,-1))) }))
  height <- sapply(LOGITS, like)*exp(a*plogis(LOGITS, log.p=TRUE) + a*plogis(-LOGITS, log.p=TRUE))
  curve <- splinefun(LOGITS, height)
  steps <- sapply(seq_along(LOGITS)[-1], function(i) integrate(curve, LOGITS[i-1], LOGITS[i], rel.tol=1e-10)$value)
  cdf <- c(0, cumsum(steps))/sum(steps)
  below <- splinefun(LOGITS, cdf, method="hyman")
  list(density=function(m) curve(m)/sum(steps), below=below,
    quantile=function(p) sapply(p, function(q) uniroot(function(m) below(m)-q, c(-44,44), tol=1e-12)$root)) }
TAILS <- c(.5, .025, .975)
studies <- list(c(9,30), c(7,10), c(19,20), c(1,17), c(82,87), c(0,16), c(12,12), c(7.4,25.4))
singles <- lapply(studies, function(s) { q <- plogis(posterior(s[1], s[2])$quantile(TAILS))
  list(events=s[1], n=s[2], median=q[1], ci=q[2:3]) })
pairs <- list(list(c(7,10), c(3,9)), list(c(82,87), c(24,28)), list(c(9,30), c(0,16)))
differences <- lapply(pairs, function(p) { a <- posterior(p[[1]][1], p[[1]][2]); b <- posterior(p[[2]][1], p[[2]][2])
  mass <- a$density(LOGITS); mass <- mass/sum(mass); rate <- plogis(LOGITS)
  under <- function(d) { least <- rate-d
    sum(mass*ifelse(least<=0, 1, ifelse(least>=1, 0, 1-b$below(pmin(pmax(qlogis(pmin(pmax(least,0),1)),-45),45))))) }
  odds <- function(r) sum(mass*(1-b$below(pmin(pmax(LOGITS-r,-45),45))))
  q <- sapply(TAILS, function(t) uniroot(function(d) under(d)-t, c(-.99999,.99999), tol=1e-10)$root)
  r <- sapply(TAILS, function(t) uniroot(function(d) odds(d)-t, c(-40,40), tol=1e-10)$root)
  list(a=p[[1]], b=p[[2]], median=q[1], ci=q[2:3], log_odds_ratio=r[1], log_odds_ratio_ci=r[2:3],
    probability_higher=sum(mass*b$below(LOGITS))) })
write(toJSON(list(source=list(program="Rscript make_single_study.R OUT.json", r=R.version.string,
  model="x ~ Bin(n, expit(theta)), theta ~ N(m, tau^2), tau ~ HalfNormal(1), expit(m) ~ Beta(1/2, 1/2), Beta(1, 1) for none or all",
  how="tau integrated in closed form (Bessel K0), theta by R's integrate, m on steps of 0.02"),
  singles=singles, differences=differences), auto_unbox=TRUE, digits=9, pretty=1), commandArgs(TRUE)[1])
