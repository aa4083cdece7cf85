# Least sum of squares of 1,000 starts of Hartigan and Wong's k-means in R. Writes kmeans-starts-r.json beside itself.
# Usage: Rscript kmeans-starts.R path/to/wholesale_customers_bom.csv path/to/marketing_campaign_iso_dates.csv
# (r-base-core, r-cran-cluster, r-cran-jsonlite)
suppressMessages({ library(cluster); library(jsonlite) })
folder <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
columns <- strsplit(paste(
  "Income Recency MntWines MntFruits MntMeatProducts MntFishProducts MntSweetProducts MntGoldProds",
  "NumDealsPurchases NumWebPurchases NumCatalogPurchases NumStorePurchases NumWebVisitsMonth"
), " ")[[1]]
campaign <- read.csv(commandArgs(TRUE)[2])[, columns]
tables <- list(
  wholesale = scale(log1p(read.csv(commandArgs(TRUE)[1], fileEncoding = "UTF-8-BOM")[, 3:8])),
  campaign = scale(log1p(campaign[complete.cases(campaign), ])),
  iris = iris[, 1:4],
  ruspini = ruspini,
  chickwts = data.frame(weight = chickwts$weight)
)
cases <- list()
for (data in names(tables)) for (count in 2:10) {
  set.seed(1)
  fit <- kmeans(tables[[data]], count, iter.max = 1000, nstart = 1000, algorithm = "Hartigan-Wong")
  cases[[length(cases) + 1]] <- list(data = data, clusterCount = count, inertia = fit$tot.withinss)
}
versions <- list(R = as.character(getRversion()), cluster = as.character(packageVersion("cluster")))
write(toJSON(list(versions = versions, starts = cases), auto_unbox = TRUE, digits = NA), file.path(folder, "kmeans-starts-r.json"))
