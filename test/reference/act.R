# Reference numbers for acting on segments: three-way interaction, beta-binomial pooling, Kaplan-Meier, power of two proportions.
# Run: Rscript act.R > act.json     R 4.2.2 with survival 3.5-3 and metafor. Tolerance: 1e-8 relative, 1e-5 for the maximised likelihood.
suppressMessages({ library(survival); library(metafor) })
num <- function(x) formatC(x, digits = 17, format = "g")
arr <- function(x) paste0("[", paste(num(x), collapse = ", "), "]")

# No-three-way log-linear model on Berkeley's admissions (datasets::UCBAdmissions: outcome x gender x department).
ll <- loglin(UCBAdmissions, list(c(1, 2), c(1, 3), c(2, 3)), print = FALSE, eps = 1e-12, iter = 1000)
berkeley <- sprintf('{"admitted": [%s], "rejected": [%s], "statistic": %s, "df": %d}',
  paste(apply(UCBAdmissions[1, , ], 1, arr), collapse = ", "), paste(apply(UCBAdmissions[2, , ], 1, arr), collapse = ", "),
  num(ll$lrt), as.integer(ll$df))

# Beta-binomial by optim, from two starts.
s <- c(4, 12, 3, 40, 2, 9); n <- c(60, 100, 80, 260, 10, 95)
nll <- function(p) { a <- exp(p[1]); b <- exp(p[2]); -sum(lbeta(a + s, b + n - s) - lbeta(a, b)) }
fit <- optim(c(0, 2), nll, method = "BFGS", control = list(reltol = 1e-15, maxit = 1000))
a <- exp(fit$par[1]); b <- exp(fit$par[2])
pool <- sprintf('{"successes": %s, "totals": %s, "a": %s, "b": %s, "rates": %s, "low": %s, "high": %s}', arr(s), arr(n), num(a), num(b),
  arr((a + s) / (a + b + n)), arr(qbeta(0.025, a + s, b + n - s)), arr(qbeta(0.975, a + s, b + n - s)))

# Kaplan-Meier with log-log bands on survival::aml.
km <- survfit(Surv(time, status) ~ x, data = aml, conf.type = "log-log")
parts <- split(seq_along(km$time), rep(names(km$strata), km$strata))
kms <- sapply(names(parts), function(k) { i <- parts[[k]]; g <- sub("x=", "", k); d <- aml[aml$x == g, ]
  sprintf('{"time": %s, "ended": %s, "at": %s, "survival": %s, "low": %s, "high": %s}', arr(d$time), arr(d$status), arr(km$time[i]),
    arr(km$surv[i]), arr(ifelse(is.na(km$lower[i]), -1, km$lower[i])), arr(ifelse(is.na(km$upper[i]), -1, km$upper[i]))) })

# Two-sided power of a difference of proportions with equal variance, by pnorm.
p <- 0.05; n1 <- 400; n2 <- 3000; d <- 0.02
se <- sqrt(p * (1 - p) * (1 / n1 + 1 / n2)); z <- qnorm(0.975)
power <- sprintf('{"power": %s, "perArm": %s}', num(pnorm(d / se - z) + pnorm(-d / se - z)), num(ceiling(2 * (z + qnorm(0.8))^2 * p * (1 - p) / d^2)))

# Heterogeneity of effects by DerSimonian and Laird, effects drawn together.
y <- c(0.163, -0.114, -0.047, -0.151); se <- c(0.0788, 0.0689, 0.0614, 0.0547)
m <- rma(yi = y, sei = se, method = "DL"); f <- rma(yi = y, sei = se, method = "FE")
het <- sprintf('{"estimates": %s, "errors": %s, "statistic": %s, "pValue": %s, "tau": %s, "share": %s, "common": %s, "commonError": %s, "pooled": %s}',
  arr(y), arr(se), num(m$QE), num(m$QEp), num(sqrt(m$tau2)), num(m$I2 / 100), num(f$beta[1]), num(f$se), arr(blup(m)$pred))

cat(sprintf('{\n"berkeley": %s,\n"pool": %s,\n"survival": [%s],\n"power": %s,\n"heterogeneity": %s,\n"versions": "metafor %s, survival %s"\n}\n', berkeley, pool, paste(kms, collapse = ",\n"), power, het, packageVersion("metafor"), packageVersion("survival")))
