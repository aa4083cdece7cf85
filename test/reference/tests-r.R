# Expected numbers of test/inference/against-r.test.ts. Usage: Rscript tests-r.R DATASETS > tests-r.json
# R 4.2.2 with its own datasets; jsonlite 1.8.4. Tolerance in the test: relative 1e-8; ptukey 1e-6.
library(jsonlite)
folder <- commandArgs(TRUE)[1]
result <- function(t) list(statistic = unname(t$statistic), degreesOfFreedom = unname(t$parameter), pValue = t$p.value)
anova_of <- function(groups) {
  d <- data.frame(y = unlist(groups), g = factor(rep(seq_along(groups), lengths(groups))))
  a <- anova(lm(y ~ g, d))
  w <- oneway.test(y ~ g, d)
  k <- kruskal.test(y ~ g, d)
  med <- ave(d$y, d$g, FUN = median)
  b <- anova(lm(abs(y - med) ~ g, data.frame(y = d$y, g = d$g, med = med)))
  tukey <- TukeyHSD(aov(y ~ g, d))$g
  pairs <- combn(length(groups), 2)
  # TukeyHSD takes the later group less the earlier one.
  own <- lapply(seq_len(ncol(pairs)), function(i) {
    row <- tukey[i, ]
    list(first = pairs[1, i] - 1, second = pairs[2, i] - 1, difference = -row[["diff"]], low = -row[["upr"]], high = -row[["lwr"]], adjustedPValue = row[["p adj"]])
  })
  howell <- lapply(seq_len(ncol(pairs)), function(i) {
    x <- groups[[pairs[1, i]]]; y <- groups[[pairs[2, i]]]
    t <- t.test(x, y)
    list(statistic = unname(t$statistic), degreesOfFreedom = unname(t$parameter),
         adjustedPValue = ptukey(sqrt(2) * abs(unname(t$statistic)), length(groups), unname(t$parameter), lower.tail = FALSE))
  })
  list(groups = unname(lapply(groups, as.numeric)),
       anova = list(statistic = a$`F value`[1], degreesOfFreedom = a$Df, pValue = a$`Pr(>F)`[1]),
       welch = list(statistic = unname(w$statistic), degreesOfFreedom = unname(w$parameter), pValue = w$p.value),
       kruskal = list(statistic = unname(k$statistic), degreesOfFreedom = unname(k$parameter), pValue = k$p.value),
       brownForsythe = list(statistic = b$`F value`[1], degreesOfFreedom = b$Df, pValue = b$`Pr(>F)`[1]),
       tukey = own, gamesHowell = howell)
}
pair_of <- function(x, y, exact) {
  x <- as.numeric(x[!is.na(x)]); y <- as.numeric(y[!is.na(y)])
  t <- t.test(x, y)
  w <- suppressWarnings(wilcox.test(x, y, exact = exact))
  bound <- sd(c(x, y)) / 2
  low <- t.test(x, y, mu = -bound, alternative = "greater"); high <- t.test(x, y, mu = bound, alternative = "less")
  list(first = x, second = y, exact = exact, welch = c(result(t), list(difference = unname(diff(rev(t$estimate))), low = t$conf.int[1], high = t$conf.int[2])),
       wilcoxon = list(statistic = unname(w$statistic), pValue = w$p.value),
       equivalence = list(low = -bound, high = bound, pLow = low$p.value, pHigh = high$p.value))
}
table_of <- function(t, fisher = FALSE, draws = FALSE) {
  x <- suppressWarnings(chisq.test(t, correct = FALSE))
  plain <- function(m) matrix(as.numeric(m), nrow(m))
  list(table = plain(t), chiSquare = result(x), residuals = plain(x$stdres),
       fisher = if (fisher) fisher.test(t, workspace = 2e7)$p.value else NULL)
}
wholesale <- read.csv(file.path(folder, "wholesale/wholesale_customers_bom.csv"), fileEncoding = "UTF-8-BOM")
campaign <- read.csv(file.path(folder, "marketing_campaign/marketing_campaign_iso_dates.csv"))
spend <- c("Fresh", "Milk", "Grocery", "Frozen", "Detergents_Paper", "Delicassen")
Job <- matrix(c(1, 2, 1, 0, 3, 3, 6, 1, 10, 10, 14, 9, 6, 7, 12, 11), 4, 4)
air <- na.omit(airquality[, c("Ozone", "Month")])
out <- list(
  versions = list(R = R.version.string, jsonlite = as.character(packageVersion("jsonlite"))),
  oneWay = list(
    PlantGrowth = anova_of(with(PlantGrowth, split(weight, group))),
    InsectSprays = anova_of(with(InsectSprays, split(count, spray))),
    chickwts = anova_of(with(chickwts, split(weight, feed))),
    airquality = anova_of(split(air$Ozone, air$Month)),
    warpbreaks = anova_of(with(warpbreaks, split(breaks, tension))),
    mtcars = anova_of(with(mtcars, split(mpg, cyl))),
    iris = anova_of(with(iris, split(Sepal.Length, Species)))),
  pairs = list(
    "PlantGrowth trt1, trt2" = pair_of(PlantGrowth$weight[PlantGrowth$group == "trt1"], PlantGrowth$weight[PlantGrowth$group == "trt2"], TRUE),
    "PlantGrowth ctrl, trt2" = pair_of(PlantGrowth$weight[1:10], PlantGrowth$weight[21:30], FALSE),
    "InsectSprays A, B" = pair_of(InsectSprays$count[1:12], InsectSprays$count[13:24], FALSE),
    "chickwts casein, linseed" = pair_of(chickwts$weight[chickwts$feed == "casein"], chickwts$weight[chickwts$feed == "linseed"], FALSE),
    "airquality May, August" = pair_of(airquality$Ozone[airquality$Month == 5], airquality$Ozone[airquality$Month == 8], FALSE),
    "warpbreaks A, B" = pair_of(warpbreaks$breaks[1:27], warpbreaks$breaks[28:54], FALSE),
    "mtcars automatic, manual" = pair_of(mtcars$mpg[mtcars$am == 0], mtcars$mpg[mtcars$am == 1], FALSE),
    "iris setosa, versicolor" = pair_of(iris$Sepal.Length[1:50], iris$Sepal.Length[51:100], FALSE)),
  tables = list(
    "HairEyeColor hair, eye" = table_of(margin.table(HairEyeColor, c(1, 2))),
    "HairEyeColor hair, sex" = table_of(margin.table(HairEyeColor, c(1, 3)), TRUE),
    "Titanic class, survived" = table_of(margin.table(Titanic, c(1, 4))),
    "Titanic sex, survived" = table_of(margin.table(Titanic, c(2, 4)), TRUE),
    "Titanic age, survived" = table_of(margin.table(Titanic, c(3, 4)), TRUE),
    "mtcars gear, cylinders" = table_of(table(mtcars$gear, mtcars$cyl), TRUE),
    "warpbreaks wool, tension" = table_of(table(warpbreaks$wool, warpbreaks$tension), TRUE),
    "Job satisfaction" = table_of(Job, TRUE),
    "wholesale channel, region" = table_of(table(wholesale$Channel, wholesale$Region), TRUE),
    "campaign response, education" = table_of(table(campaign$Response, campaign$Education))),
  wholesale = lapply(setNames(spend, spend), function(column) {
    w <- wilcox.test(wholesale[wholesale$Channel == 1, column], wholesale[wholesale$Channel == 2, column])
    list(statistic = unname(w$statistic), pValue = w$p.value)
  }),
  adjusted = local({
    p <- c(0.01, 0.04, 0.03, 0.005, 0.5, 0.04, 1e-12)
    list(pValues = p, holm = p.adjust(p, "holm"), hochberg = p.adjust(p, "hochberg"), "benjamini-hochberg" = p.adjust(p, "BH"),
         "benjamini-yekutieli" = p.adjust(p, "BY"), bonferroni = p.adjust(p, "bonferroni"))
  }),
  range = lapply(list(c(3.5, 3, 20), c(0.8, 2, 5), c(4.2, 6, 12.7), c(5.5, 10, 60), c(2, 4, 200)), function(x)
    list(q = x[1], groupCount = x[2], degreesOfFreedom = x[3], below = ptukey(x[1], x[2], x[3])))
)
cat(toJSON(out, digits = NA, auto_unbox = TRUE, null = "null"), "\n")
