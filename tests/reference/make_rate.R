# What metafor gives for deaths over person-time under one hazard, Poisson with normal
# log hazards; usage: Rscript make_rate.R OUT.json
suppressMessages({library(metafor); library(jsonlite)})
deaths <- c(4, 2, 9, 3, 12, 5, 1, 8)
months <- c(1600, 1450, 1980, 640, 3300, 2400, 900, 1250)
fit <- rma.glmm(xi=deaths, ti=months, measure="IRLN", nAGQ=25)
write(toJSON(list(metafor=as.character(packageVersion("metafor")), r=R.version.string,
  deaths=deaths, months=months, rate=exp(as.numeric(fit$beta)),
  ci=exp(c(fit$ci.lb, fit$ci.ub)), tau=sqrt(fit$tau2)), auto_unbox=TRUE, digits=8), commandArgs(TRUE)[1])
