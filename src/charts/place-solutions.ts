/** Solutions with more and more segments, and how customers flow between them. */
export interface SegmentsAcrossView {
  readonly rowCount: number;
  readonly counts: readonly SolutionAcross[];
  /** Names of the segments of the solution that is shown elsewhere; the others go by number. */
  readonly names?: { readonly count: number; readonly segments: readonly string[] };
}

export interface SolutionAcross {
  readonly count: number;
  readonly segments: readonly {
    readonly segment: number;
    readonly size: number;
    /** 0–1; null where there is nothing to compare with. */
    readonly stability: number | null;
  }[];
  /** From the solution before. */
  readonly flows: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

/** A segment of one solution in the plane: columns 0, 1, … from left, 0…1 from the top. */
export interface PlacedNode {
  readonly column: number;
  readonly top: number;
  readonly height: number;
  readonly label: string;
  readonly stability: number | null;
  /** Where the bands begin on its right side and end on its left, by segment at their other end. */
  readonly leaves: ReadonlyMap<number, readonly [top: number, bottom: number]>;
  readonly enters: ReadonlyMap<number, readonly [top: number, bottom: number]>;
}

/** Width of a segment's box, in columns. */
export const nodeWidth = 0.36;

/** Share of the height that parts the segments of the fullest column. */
const gapShare = 0.2;

/** Boxes for every solution, by segment; each column in the order that crosses its bands least by their middles. */
export function placeSolutions({
  counts,
  rowCount,
  names,
}: SegmentsAcrossView): readonly (readonly PlacedNode[])[] {
  const most = Math.max(...counts.map(({ count }) => count));
  const scale = (1 - gapShare) / rowCount;
  let before: readonly PlacedNode[] = [];
  const orders: number[][] = [];
  const columns = counts.map(({ count, segments, flows }, column) => {
    const order = orderOf(segments.length, flows, before);
    orders.push(order);
    const gap = count === 1 ? 0 : Math.min(gapShare / (most - 1 || 1), gapShare / (count - 1));
    let top = (1 - rowCount * scale - gap * (count - 1)) / 2;
    const placed = new Array<PlacedNode>(segments.length);
    for (const segment of order) {
      const { size, stability } = segments[segment]!;
      const own = names?.count === count ? names.segments[segment] : undefined;
      const label = own ?? String(segment + 1);
      placed[segment] = {
        column,
        top,
        height: size * scale,
        label,
        stability,
        leaves: new Map(),
        enters: new Map(),
      };
      top += size * scale + gap;
    }
    before = placed;
    return placed;
  });
  return columns.map((nodes, column) =>
    nodes.map((node, segment) => ({
      ...node,
      leaves: stack(
        node.top,
        scale,
        flowsFrom(counts[column + 1]?.flows ?? [], segment, orders[column + 1] ?? []),
      ),
      enters: stack(node.top, scale, flowsTo(counts[column]!.flows, segment, orders[column - 1] ?? [])),
    })),
  );
}

type Flows = SegmentsAcrossView["counts"][number]["flows"];

/** Segments by the mean height of where they come from. */
function orderOf(count: number, flows: Flows, before: readonly PlacedNode[]): number[] {
  const middle = (segment: number): number => {
    const own = flows.filter(({ to }) => to === segment);
    const total = own.reduce((sum, flow) => sum + flow.count, 0);
    return (
      own.reduce(
        (sum, flow) => sum + (before[flow.from]!.top + before[flow.from]!.height / 2) * flow.count,
        0,
      ) / total
    );
  };
  const order = Array.from({ length: count }, (_, segment) => segment);
  if (before.length === 0) return order;
  const middles = order.map(middle);
  return order.sort((a, b) => middles[a]! - middles[b]! || a - b);
}

interface End {
  readonly other: number;
  readonly count: number;
}

function flowsFrom(flows: Flows, segment: number, order: readonly number[]): End[] {
  return flows
    .filter(({ from }) => from === segment)
    .map(({ to, count }) => ({ other: to, count }))
    .sort((a, b) => order.indexOf(a.other) - order.indexOf(b.other));
}

function flowsTo(flows: Flows, segment: number, order: readonly number[]): End[] {
  return flows
    .filter(({ to }) => to === segment)
    .map(({ from, count }) => ({ other: from, count }))
    .sort((a, b) => order.indexOf(a.other) - order.indexOf(b.other));
}

function stack(
  top: number,
  scale: number,
  ends: readonly End[],
): ReadonlyMap<number, readonly [number, number]> {
  const places = new Map<number, readonly [number, number]>();
  let place = top;
  for (const { other, count } of ends) {
    places.set(other, [place, place + count * scale]);
    place += count * scale;
  }
  return places;
}

/** Points along each side of a band. */
const steps = 12;

/** The outline of the band between two boxes, an S from one to the other. */
export function ribbonAround(
  before: PlacedNode,
  after: PlacedNode,
  flow: { readonly from: number; readonly to: number },
): { readonly x: number[]; readonly y: number[] } {
  const [topLeft, bottomLeft] = before.leaves.get(flow.to)!;
  const [topRight, bottomRight] = after.enters.get(flow.from)!;
  const [left, right] = [before.column + nodeWidth / 2, after.column - nodeWidth / 2];
  const side = (start: number, end: number) =>
    Array.from({ length: steps + 1 }, (_, i) => {
      const share = i / steps;
      const eased = share * share * (3 - 2 * share);
      return { x: round(left + (right - left) * share), y: round(start + (end - start) * eased) };
    });
  const around = [...side(topLeft, topRight), ...side(bottomLeft, bottomRight).reverse()];
  return { x: around.map(({ x }) => x), y: around.map(({ y }) => y) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
