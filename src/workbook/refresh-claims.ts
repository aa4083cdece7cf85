import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import type { WorkbookConfig } from "../config/workbook-config.js";
import { type ClaimLedger, readClaimLedger, writeClaimLedger } from "../core/claim-ledger.js";
import { InputError } from "../core/errors.js";
import { publishedClaimsVariable } from "../notebook/published-sentences.js";
import type { ParameterValue } from "../parameters/parameter-type.js";
import { type CheckedClaim, checkClaims } from "../refresh/check-claims.js";
import { claimsGate } from "../refresh/claims-gate.js";
import { type StateFiles, stateFiles } from "../refresh/history-layout.js";
import type { RefreshGate } from "../refresh/refresh-record.js";
import { claimsOfRuns } from "../runner/claims-of-runs.js";
import { type ReadNotebook, readNotebooks } from "../runner/prepare-notebooks.js";
import { runNotebooks } from "../runner/run-notebooks.js";
import type { Workbook } from "./open-workbook.js";
import { type StagedState, stateVariable } from "./state-in-force.js";

/** What {@link testClaims} works with. */
export interface ClaimsToTest {
  /** Folder in which the state is made; holds its definition, assignments and account. */
  readonly staging: string;
  /** Folder of the state before; null for a first one. */
  readonly former: string | null;
  /** Where the sources lie, as the refresh was told; absent or empty: beside the workbook. */
  readonly dataFolder?: string;
  /** Told what is done now, in a few words. */
  readonly onStep?: (step: string) => void;
}

/** What became of the sentences that the notebooks bind to numbers. */
export interface TestedClaims {
  readonly checked: readonly CheckedClaim[];
  readonly gate: RefreshGate;
}

/**
 * Runs the notebooks that `refresh.notebooks` names on a state that is being made, leaves their claims in it as `claims.json`, and
 * compares them with those of the state before.
 *
 * A published sentence that is no longer true does not stop its notebook; a new one that is not true does, and what a notebook that
 * stopped did not reach was not tested. Nothing the notebooks write is kept. Same inputs, same bytes.
 *
 * @throws InputError if a notebook cannot be read, does not ask for `asOf` and `workbook`, or has a parameter that must be given;
 * MachineError if a kernel cannot be started.
 */
export async function testClaims(
  { config }: Workbook,
  { staging, former, dataFolder = "", onStep }: ClaimsToTest,
): Promise<TestedClaims> {
  const published = former === null ? null : stateFiles(former).claims;
  const files = config.refresh.notebooks.map((file) => resolve(dirname(config.file), file));
  if (files.length > 0) onStep?.("testing claims");
  const staged = { asOf: config.asOf, folder: staging, former };
  const ledger = await runClaims(files, { config, staged, published, dataFolder });
  writeClaimLedger(stateFiles(staging).claims, ledger);
  const checked = checkClaims(readPublished(published), ledger);
  return { checked, gate: claimsGate(checked, config.refresh.gates.claims, ledger.failures) };
}

/** What {@link runClaims} tells the notebooks. */
interface ClaimsRun {
  readonly config: WorkbookConfig;
  readonly staged: StagedState;
  /** Path of the ledger of the state before. */
  readonly published: string | null;
  readonly dataFolder: string;
}

/** Runs notebooks on a staged state, into a folder that is gone afterwards. */
async function runClaims(
  files: readonly string[],
  { config, staged, published, dataFolder }: ClaimsRun,
): Promise<ClaimLedger> {
  const notebooks = readNotebooks(files);
  notebooks.forEach(checkParameters);
  if (notebooks.length === 0) return { asOf: config.asOf, claims: [], failures: [] };
  const { heapMegabytes } = config.kernel;
  const scratch = mkdtempSync(join(tmpdir(), "segbook-claims-"));
  try {
    const runs = await runNotebooks(files, {
      outputFolder: join(scratch, "notebooks"),
      // No time stands in a ledger.
      now: () => 0,
      parameters: parametersOf(notebooks, { config, dataFolder }),
      environment: new Map([
        [stateVariable, JSON.stringify(staged)],
        [publishedClaimsVariable, published !== null && existsSync(published) ? published : ""],
      ]),
      ...(heapMegabytes !== undefined && { heapMegabytes }),
    });
    return claimsOfRuns(runs, config.asOf);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readPublished(path: StateFiles["claims"] | null): ClaimLedger {
  const none: ClaimLedger = { asOf: null, claims: [], failures: [] };
  return (path === null ? null : readClaimLedger(path)) ?? none;
}

/** On the workbook's own day every sentence would hold. */
function checkParameters({ file, declared }: ReadNotebook): void {
  const names = new Set(declared.map(({ name }) => name));
  const missing = ["workbook", "asOf"].filter((name) => !names.has(name));
  if (missing.length > 0)
    throw new InputError(
      `refreshWorkbook: notebooks of refresh.notebooks must declare the parameters workbook and asOf, got none called ${missing.join(" and ")} in ${file}`,
    );
}

/** As a run places them; nothing is to be written. */
function parametersOf(
  notebooks: readonly ReadNotebook[],
  { config, dataFolder }: Pick<ClaimsRun, "config" | "dataFolder">,
): ReadonlyMap<string, ParameterValue> {
  const [home, ...others] = [...new Set(notebooks.map(({ file }) => dirname(file)))];
  const seen = (path: string): string => (others.length > 0 ? path : relative(home!, path) || ".");
  const places = new Map<string, ParameterValue>([
    ["workbook", seen(config.file)],
    ["dataFolder", dataFolder === "" ? "" : seen(resolve(dataFolder))],
    ["asOf", config.asOf],
    ["outputFolder", ""],
  ]);
  const declared = new Set(notebooks.flatMap((notebook) => notebook.declared.map(({ name }) => name)));
  return new Map([...places].filter(([name]) => declared.has(name)));
}
