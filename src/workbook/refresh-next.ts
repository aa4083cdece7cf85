import { InputError } from "../core/errors.js";
import { openDuckDb } from "../engine/duckdb.js";
import type { Engine } from "../engine/engine.js";
import { writeFeatures } from "../features/write-features.js";
import { findCommonRows } from "../refresh/common-rows.js";
import { type History, latestState } from "../refresh/history.js";
import { stateFiles } from "../refresh/history-layout.js";
import type { RefreshRecord } from "../refresh/refresh-record.js";
import { findRepeatedLines } from "../refresh/source-checks-lines.js";
import { readStateFeatures } from "../refresh/state-customers.js";
import { assignCustomers } from "../segments/assign.js";
import { duckDbOptions } from "./duckdb-options.js";
import type { SearchProgress } from "./find-segments.js";
import type { Workbook } from "./open-workbook.js";
import { type DriftBaseline, readBaseline } from "./refresh-baseline.js";
import { testClaims } from "./refresh-claims.js";
import { scoreOn, scoringColumns } from "./refresh-columns.js";
import { decideRefresh } from "./refresh-decide.js";
import { writeStateFiles } from "./refresh-files.js";
import type { RefreshFindings, ScoredNow, TriedRefit } from "./refresh-findings.js";
import { type FormerState, readFormerState } from "./refresh-former.js";
import { holdCustomers } from "./refresh-hold.js";
import { judgeRefresh, type RefreshJudgement } from "./refresh-judge.js";
import { highestKey } from "./refresh-keys.js";
import { recordRefresh } from "./refresh-record.js";
import { refitSegments } from "./refresh-refit.js";
import { keepRules, otherRulesNotes } from "./refresh-rules.js";
import { describeMatching, sizesOf } from "./refresh-segments.js";

/** How {@link makeNextState} works. */
export interface NextStateOptions {
  readonly signal?: AbortSignal;
  /** Where the sources lie; absent or empty: beside the workbook. */
  readonly dataFolder?: string;
  /** Told what is done now, in a few words. */
  readonly onStep?: (step: string) => void;
  readonly onProgress?: (progress: SearchProgress) => void;
}

/**
 * Makes the state that follows the newest one of a history: score, refit, match, judge, decide, hold.
 *
 * @param staging - Folder in which the state is made; its files are written but for the record.
 * @returns The record.
 */
export async function makeNextState(
  book: Workbook,
  { history, staging }: { readonly history: History; readonly staging: string },
  options: NextStateOptions = {},
): Promise<RefreshRecord> {
  const { signal, onStep } = options;
  const engine = await openDuckDb({ ...duckDbOptions(book.config.engine), ...(signal && { signal }) });
  try {
    onStep?.("scoring under the definition in force");
    const former = await readFormerState(engine, latestState(history), book);
    const now = await scoreNow(book, former, { engine, staging });
    const tried = tryRefit(book, { history, former, now }, options);
    onStep?.("measuring drift");
    const baseline = await readBaseline(engine, { history, former }, book.features);
    const judgement = await judge(book, { former, now, tried, baseline });
    const decision = decideRefresh(book.config, { former: former.definition, refit: tried.refit, judgement });
    const notes = [...tried.notes, ...otherRulesNotes(book, former.definition, baseline)];
    const findings = { book, former, now, tried: { ...tried, notes }, judgement, decision };
    return await finish(engine, { staging, options }, findings);
  } finally {
    engine.close();
  }
}

/** (a) Every feature as of the day, and the customers under the frozen definition. */
async function scoreNow(
  { engine: sources, config, features }: Workbook,
  { definition, customers }: FormerState,
  { engine, staging }: { readonly engine: Engine; readonly staging: string },
): Promise<ScoredNow> {
  const file = stateFiles(staging).features;
  await writeFeatures(sources, config, file);
  const table = await readStateFeatures(engine, file, { keyName: config.key, features });
  return {
    table,
    assignment: scoreOn(config.asOf, table, definition),
    common: findCommonRows(customers.keys, table.keys),
  };
}

/** (b) Segments sought anew under the frozen recipe, never where rules draw them; data without segments are no reason to stop. */
function tryRefit(
  { config, features, memory }: Workbook,
  {
    history,
    former,
    now,
  }: { readonly history: History; readonly former: FormerState; readonly now: ScoredNow },
  { onProgress }: NextStateOptions,
): TriedRefit {
  const { customers } = former;
  const { model } = former.definition;
  if (model.kind === "rules") return keepRules({ ...former.definition, model }, former, now);
  const definition = { ...former.definition, model };
  const { table, common } = now;
  const formerLabels = customers.labels;
  const everUsed = history.states.flatMap(({ record }) => record.segments.map(({ key }) => key));
  const inputs = { config, features, former: definition, table, formerLabels, common };
  try {
    const refit = refitSegments(
      { ...inputs, highestKey: highestKey([...everUsed, ...definition.segments.map(({ key }) => key)]) },
      { memory, ...(onProgress && { onProgress }) },
    );
    const { labels } = assignCustomers(refit.definition, scoringColumns(table, refit.definition));
    const described = describeMatching({
      matching: refit.matching,
      former: definition,
      refit: refit.definition,
      sizesBefore: sizesOf(customers.labels, definition.segments.length),
      sizes: sizesOf(labels, refit.definition.segments.length),
    });
    return { refit, labels, described, notes: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const notes = [`No segments could be sought anew: ${error.message}.`];
    return { refit: null, labels: now.assignment.labels, described: { segments: [], former: [] }, notes };
  }
}

async function judge(
  { config, account, engine }: Workbook,
  {
    former,
    now,
    tried,
    baseline,
  }: {
    readonly former: FormerState;
    readonly now: ScoredNow;
    readonly tried: TriedRefit;
    readonly baseline: DriftBaseline;
  },
): Promise<RefreshJudgement> {
  const hasOrders = config.sources.some(({ kind }) => kind === "transactions");
  return judgeRefresh({
    config,
    former: former.definition,
    baseline,
    before: { table: former.table, account: former.account, labels: former.customers.nearest },
    after: { table: now.table, account, labels: now.assignment.labels },
    common: now.common,
    repeatedLines: hasOrders ? await findRepeatedLines(engine) : null,
    segments: tried.described.segments,
    formerSegments: tried.described.former,
    refit: tried.refit && { definition: tried.refit.definition, labels: tried.labels },
  });
}

async function finish(
  engine: Engine,
  { staging, options }: { readonly staging: string; readonly options: NextStateOptions },
  findings: RefreshFindings,
): Promise<RefreshRecord> {
  const { book, former, now, tried, decision } = findings;
  const { definition } = decision;
  const { asOf } = book.config;
  const inForce = scoreOn(asOf, now.table, definition);
  const held = holdCustomers(
    { before: former, assignment: inForce, definition, common: now.common },
    book.config.refresh.hysteresis,
  );
  const isAdopted = definition === tried.refit?.definition;
  const contents = {
    asOf,
    definition,
    ...(tried.refit && !isAdopted && { candidate: tried.refit.definition }),
    assignment: inForce,
    refresh: {
      heldLabels: held.labels,
      former: { definition: former.definition, labels: now.assignment.labels },
    },
    account: book.account,
  };
  await writeStateFiles(engine, staging, { contents, previous: former.state });
  const { dataFolder = "", onStep } = options;
  const toTest = { staging, former: former.state.folder, dataFolder, ...(onStep && { onStep }) };
  return recordRefresh(findings, { inForce, held, claims: await testClaims(book, toTest) });
}
