# Reference values for stability, by R's fpc and mclust. Writes stability.json beside itself.
# Usage: Rscript stability.R path/to/wholesale_customers_bom.csv
# fpc: clusterboot with kmeansCBI, 20 runs, 1,000 draws of each scheme. The bootstrap drops repeated rows (multipleboot = FALSE).
# flexclust 1.5.0 is not packaged by Debian: its formulas (slsaplot: `transitions` in R/relabel.R; slswFlexclust:
# `clusterwiseScheme` in R/resample.R; bootFlexclust in R/bootstrap.R) are written out below, with stats::kmeans for the
# groups and mclust for the adjusted Rand index.
suppressPackageStartupMessages({
  library(fpc)
  library(mclust)
  library(jsonlite)
})
arguments <- commandArgs(FALSE)
folder <- dirname(sub("^--file=", "", grep("^--file=", arguments, value = TRUE)))
draws <- 1000

# On the lattice of multiples of 2^-20, as the test's reader has it.
wholesale <- log1p(as.matrix(read.csv(commandArgs(TRUE)[1], fileEncoding = "UTF-8-BOM")[, -(1:2)]))
wholesale <- floor(pmax(pmin(scale(wholesale), 8), -8) * 2^20 + 0.5) / 2^20
set.seed(20)
planted <- round(rbind(
  matrix(rnorm(90 * 3), ncol = 3),
  sweep(matrix(rnorm(60 * 3), ncol = 3), 2, c(3, 1, 0), "+"),
  sweep(matrix(rnorm(30 * 3), ncol = 3), 2, c(0, 3, 2), "+")
), 3)

steady <- function(rows, count) {
  set.seed(1)
  boot <- clusterboot(rows, B = draws, bootmethod = c("boot", "subset", "noise"), clustermethod = kmeansCBI,
    krange = count, runs = 20, count = FALSE)
  biggest <- order(-tabulate(boot$partition))
  scheme <- function(result) list(mean = rowMeans(result)[biggest], sd = apply(result, 1, sd)[biggest],
    dissolved = rowSums(result <= 0.5)[biggest], recovered = rowSums(result > 0.75)[biggest])
  list(count = count, sizes = tabulate(boot$partition)[biggest], bootstrap = scheme(boot$bootresult),
    subset = scheme(boot$subsetresult), noise = scheme(boot$noiseresult))
}

nearest <- function(rows, centres) max.col(-sapply(seq_len(nrow(centres)), function(k) colSums((t(rows) - centres[k, ])^2)),
  ties.method = "first")
overlap <- function(a, b, count) sapply(seq_len(count), function(m) max(sapply(seq_len(count),
  function(n) sum(a == m & b == n) / sum(a == m | b == n))))

pairs <- function(rows, count) {
  set.seed(2)
  fit <- kmeans(rows, count, iter.max = 100, nstart = 50)
  biggest <- order(-fit$size)
  found <- replicate(draws, {
    labels <- lapply(1:2, function(i) {
      drawn <- rows[sample(nrow(rows), replace = TRUE), ]
      nearest(rows, kmeans(drawn, count, iter.max = 100, nstart = 10)$centers)
    })
    within <- (overlap(fit$cluster, labels[[1]], count) + overlap(fit$cluster, labels[[2]], count)) / 2
    c(adjustedRandIndex(labels[[1]], labels[[2]]), within[biggest])
  })
  list(count = count, sizes = fit$size[biggest], rand = list(mean = mean(found[1, ]), median = median(found[1, ]),
    sd = sd(found[1, ])), within = list(mean = rowMeans(found)[-1], sd = apply(found, 1, sd)[-1]))
}

entropy <- function(p) { p <- p[p > 0]; -sum(p * log(p)) }
transitions <- function(before, after) {
  z <- table(before, after)
  apply(t(t(z) / colSums(z)), 2, entropy) / log(nrow(z))
}
set.seed(3)
labellings <- lapply(2:6, function(count) kmeans(planted, count, iter.max = 100, nstart = 20)$cluster)
across <- list(labels = lapply(labellings, function(labels) labels - 1),
  entropies = lapply(2:5, function(i) as.numeric(transitions(labellings[[i - 1]], labellings[[i]]))))

write(toJSON(list(
  versions = list(R = as.character(getRversion()), fpc = as.character(packageVersion("fpc")),
    mclust = as.character(packageVersion("mclust")), flexclust = "formulas of 1.5.0"),
  draws = draws,
  planted = planted,
  sets = list(
    wholesale = list(steady = lapply(2:3, steady, rows = wholesale), pairs = lapply(2:3, pairs, rows = wholesale)),
    planted = list(steady = lapply(3:4, steady, rows = planted), pairs = lapply(3:4, pairs, rows = planted))
  ),
  across = across
), digits = NA, auto_unbox = TRUE), file.path(folder, "stability.json"))
