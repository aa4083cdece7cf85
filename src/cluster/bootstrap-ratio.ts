import type { ClusterOptions } from "./cluster-fit.js";
import { openTeller } from "./progress-teller.js";
import type { Spend } from "./run-starts.js";

/** What a bootstrap likelihood-ratio test found: whether one cluster more fits better than chance alone would make it. */
export interface LikelihoodRatioTest {
  /** The count that was tested, against one more. */
  readonly clusterCount: number;
  /** Twice the log-likelihood that one more cluster gains, 0 or more. Higher speaks for one more. */
  readonly statistic: number;
  /**
   * (1 + exceedances) / (resamples + 1), above 0 and up to 1. LOW speaks for one more cluster; a high one says that the
   * tested count is enough for these data, not that it is right.
   */
  readonly pValue: number;
  /** Monte Carlo standard error of the p-value: what other seeds would change. */
  readonly pValueError: number;
  /** Samples that were drawn from the fitted model. */
  readonly resamples: number;
  /** Of them those whose statistic came as high as that of the data. */
  readonly exceedances: number;
  /** The statistics of the samples, ascending. */
  readonly statisticsUnderNull: readonly number[];
  /** Log-likelihood of the data under the tested count. */
  readonly logLikelihood: number;
  /** Log-likelihood of the data under one more. */
  readonly logLikelihoodOfOneMore: number;
  /** What a reader should know. */
  readonly notes: readonly string[];
}

/** Log-likelihoods of one set of rows under the tested count and under one more. */
export interface NestedFits {
  readonly logLikelihood: number;
  readonly logLikelihoodOfOneMore: number;
}

/** Compares what one more cluster gains in the data with what it gains in samples of the fitted model. */
export function bootstrapRatio<Fits extends NestedFits & { readonly notes: readonly string[] }>(
  plan: {
    readonly clusterCount: number;
    readonly resamples: number;
    /** Differences of statistics that are nothing but where climbs ended. */
    readonly tolerance: number;
    readonly onProgress: ClusterOptions["onProgress"];
  },
  fitData: (spend: Spend) => Fits,
  fitSample: (data: Fits, sample: number, spend: Spend) => NestedFits,
): LikelihoodRatioTest {
  const { clusterCount, resamples, tolerance } = plan;
  const { tell, spend } = openTeller(resamples + 1, plan.onProgress);
  const data = fitData(spend);
  tell(1);
  const statistic = statisticOf(data);
  const statistics = new Float64Array(resamples);
  for (let sample = 0; sample < resamples; sample++) {
    statistics[sample] = statisticOf(fitSample(data, sample, spend));
    tell(sample + 2);
  }
  const exceedances = statistics.filter((value) => value >= statistic - tolerance).length;
  const pValue = (1 + exceedances) / (resamples + 1);
  const pValueError = Math.sqrt((pValue * (1 - pValue)) / (resamples + 1));
  return {
    clusterCount,
    statistic,
    pValue,
    pValueError,
    resamples,
    exceedances,
    statisticsUnderNull: [...statistics.sort()],
    logLikelihood: data.logLikelihood,
    logLikelihoodOfOneMore: data.logLikelihoodOfOneMore,
    notes: [...data.notes, ...describePValue(pValue, pValueError, exceedances)],
  };
}

function statisticOf({ logLikelihood, logLikelihoodOfOneMore }: NestedFits): number {
  return Math.max(0, 2 * (logLikelihoodOfOneMore - logLikelihood));
}

/** The usual limit, near which chance in the samples may decide. */
const usualLevel = 0.05;

function describePValue(pValue: number, pValueError: number, exceedances: number): string[] {
  const notes: string[] = [];
  if (exceedances === 0)
    notes.push(`No sample came as high: the p-value is the lowest that so many samples can give.`);
  if (Math.abs(pValue - usualLevel) < 2 * pValueError)
    notes.push(
      `Within two Monte Carlo errors the p-value may lie on either side of ${usualLevel}; take more resamples.`,
    );
  return notes;
}
