import { dirname, join } from "node:path";
import type { DataFrame } from "danfojs-node";
import { readWorkbook } from "../config/read-workbook.js";
import type { SourceKind, WorkbookConfig } from "../config/workbook-config.js";
import { InputError } from "../core/errors.js";
import type { CustomerTable, TransformName } from "../core/feature.js";
import type { Matrix } from "../core/matrix.js";
import { readPassword } from "../engine/connection-password.js";
import type { StatementProgress } from "../engine/duckdb.js";
import type { Engine } from "../engine/engine.js";
import { basisMatrix } from "../features/basis-matrix.js";
import { listFeatures } from "../features/catalogue.js";
import { readCustomerTable } from "../features/customer-table.js";
import type { FeatureDefinition } from "../features/feature-definition.js";
import type { WeightChoice } from "../features/weigh-columns.js";
import { toFrame } from "../notebook/to-frame.js";
import type { CleaningAccount } from "../sources/account.js";
import { declaredTransforms, declaredWeights } from "./declared-wishes.js";
import { openSources } from "./source-cache.js";

/** A workbook whose sources were read and checked: the straight path from files to segments, each step computed once. */
export interface Workbook {
  readonly config: WorkbookConfig;
  /** Every row that was read, and what became of it. */
  readonly account: CleaningAccount;
  /** What is known of a customer. */
  readonly features: readonly FeatureDefinition[];
  /** Feature name → the transform that the workbook declares; the others are decided from the data. */
  readonly transforms: ReadonlyMap<string, TransformName>;
  /** How much the blocks of basis features count, as the workbook declares it; absent: every feature counts the same. */
  readonly weights?: WeightChoice;
  /** Kinds of source that the workbook does not have. */
  readonly absentSources: readonly SourceKind[];
  /** The cleaned tables. */
  readonly engine: Engine;
  /** Folder in which long results are remembered. */
  readonly memory: string;
  /** One row per customer, sorted by key. */
  table(): Promise<CustomerTable>;
  /** The same as a danfo DataFrame; of more than 50,000 customers a stated, seeded sample. */
  customers(): Promise<DataFrame>;
  /** Raw values of the basis features, NaN where missing. Shape (nCustomers, nBasisFeatures). */
  basis(): Promise<Matrix>;
  /** Closes the database. */
  close(): void;
}

/** Where {@link openWorkbook} looks. */
export interface OpenWorkbookOptions {
  /** Folder in which relative source paths are looked up; default or empty: the workbook's own folder. */
  readonly dataFolder?: string;
  /** Looked into after that; default: the folder that SEGBOOK_DATASETS names. */
  readonly moreFolders?: readonly string[];
  /** Last calendar day that is known, `YYYY-MM-DD`, in place of the file's; default or empty: the file's. */
  readonly asOf?: string;
  /** Whether the cleaned tables stay in `.segbook/` for the next opening; default true. Writing them takes as long as reading. */
  readonly keepTables?: boolean;
  /** Stops the reading and every query. */
  readonly signal?: AbortSignal;
  /** Told twice a second how far the statement that runs has come. */
  readonly onProgress?: (progress: StatementProgress) => void;
}

const allKinds: readonly SourceKind[] = ["customers", "transactions", "survey", "web", "social", "campaigns"];

/**
 * Opens a workbook: reads `segbook.yaml`, reads and checks every source, leaves the cleaned tables ready for features.
 *
 * A second opening of the same files and settings takes the tables from `.segbook/` beside the workbook. Time is that of reading the
 * files; memory is bounded by DuckDB's limit.
 *
 * @param file - Path of the YAML file.
 * @throws InputError as {@link readWorkbook} and loadSources; if the engine is a cluster or a password's variable is not set.
 */
export async function openWorkbook(file: string, options: OpenWorkbookOptions = {}): Promise<Workbook> {
  const { asOf = "" } = options;
  const config = readWorkbook(file, { asOf });
  checkReadableHere(config);
  const features = listFeatures(config);
  const memory = join(dirname(config.file), ".segbook");
  const { dataFolder, moreFolders = [process.env.SEGBOOK_DATASETS ?? ""] } = options;
  const { keepTables = true, signal, onProgress } = options;
  const lookup = {
    ...(dataFolder && { dataFolder }),
    moreFolders: moreFolders.filter(Boolean),
    ...(signal && { signal }),
  };
  const { engine, account } = await openSources(config, lookup, {
    folder: memory,
    keepTables,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
  const kinds = config.sources.map(({ kind }) => kind);
  const table = once(() => readCustomerTable(engine, config));
  return {
    config,
    account,
    features,
    transforms: declaredTransforms(config),
    ...declaredWeights(features, config.segmentation.weights),
    absentSources: allKinds.filter((kind) => !kinds.includes(kind)),
    engine,
    memory,
    table,
    customers: async () => toFrame(await table(), { seed: config.segmentation.seed }),
    basis: async () => basisMatrix(await table(), config.basis),
    close: () => engine.close(),
  };
}

/** What can be said before the first row is read, which may take long. */
function checkReadableHere({ engine: { kind }, sources, connections }: WorkbookConfig): void {
  if (kind !== "duckdb")
    throw new InputError(
      `openWorkbook: engine must be duckdb where rows are read on this machine, got ${kind}. On a cluster segbook check and segbook fit work, and the definition goes to segbook export and verify`,
    );
  for (const { connection = "" } of sources)
    readPassword(`openWorkbook: connections.${connection}`, connections.get(connection)?.passwordFrom);
}

/** The same promise for every call. */
function once<Result>(compute: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= compute();
    return result;
  };
}
