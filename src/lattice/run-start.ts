import { createRandom } from "../core/random.js";
import { type CrewMemory, type Desk, type StartSlot, startField } from "./crew-memory.js";
import { exactInertia, readWide, writeWide } from "./exact-inertia.js";
import type { Kernel } from "./kernel.js";
import { runLloyd } from "./lloyd.js";
import type { Passer } from "./pass.js";
import type { Problem } from "./pass-block.js";
import { seedCentres } from "./seed-centres.js";

/** Runs one start from the facts in its slot and leaves centres, sizes and inertia there. */
export function runStart(
  crew: CrewMemory,
  desk: Desk,
  start: Problem & { readonly kernel: Kernel; readonly slot: StartSlot; readonly passer: Passer },
): void {
  const { kernel, slot, passer, rowCount, clusterCount } = start;
  const { facts } = slot;
  if (facts[startField.hasInitialCentres]) {
    desk.centres.set(slot.initialCentres);
  } else {
    const random = createRandom(slot.seed[0]!).fork(facts[startField.startNumber]!);
    seedCentres(crew, desk, { kernel, random, rowCount, clusterCount });
    slot.initialCentres.set(desk.centres);
  }
  const maxIterations = facts[startField.maxIterations]!;
  const refine = facts[startField.refine] === 1;
  const end = runLloyd(crew, desk, { kernel, passer, rowCount, clusterCount, maxIterations, refine });
  const totals = passer.totals();
  const inertia = exactInertia(readWide(crew.squares), desk.centres, {
    ...totals,
    clusterCount,
    stride: crew.stride,
  });
  writeWide(inertia, slot.inertia);
  slot.centres.set(desk.centres);
  slot.sizes.set(totals.sizes.subarray(0, clusterCount));
  facts[startField.iterations] = end.iterations;
  facts[startField.converged] = Number(end.converged);
  facts[startField.refills] = end.refills;
}
