import type { PictureScale } from "./picture-scale.js";
import { svgText } from "./picture-text.js";
import { lightPalette } from "./theme.js";

/** As much of a trace as our charts use. */
export interface PictureTrace {
  readonly type: string;
  readonly mode?: string;
  readonly orientation?: "h";
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
  readonly z?: readonly (readonly (number | null)[])[];
  readonly zmax?: number;
  readonly colorscale?: readonly (readonly [number, string])[];
  readonly text?: readonly string[] | readonly (readonly string[])[];
  readonly textposition?: string;
  readonly width?: number;
  readonly yaxis?: string;
  readonly fill?: string;
  readonly fillcolor?: string;
  readonly opacity?: number;
  /** What the legend calls it. */
  readonly name?: string;
  readonly showlegend?: boolean;
  readonly line?: { readonly color?: string; readonly width?: number };
  readonly marker?: {
    readonly color?: string | readonly string[];
    readonly size?: number | readonly number[];
    readonly opacity?: number;
  };
  readonly error_x?: ErrorBars;
  readonly error_y?: ErrorBars;
}

export interface ErrorBars {
  readonly array: readonly number[];
  readonly arrayminus?: readonly number[];
  readonly color?: string;
}

/** More dots than this only make the picture heavier. */
const dotLimit = 400;

/** One trace as SVG between two scales. */
export function traceSvg(trace: PictureTrace, x: PictureScale, y: PictureScale): string {
  if (trace.type === "heatmap") return heatMapSvg(trace, x, y);
  if (trace.type === "bar") return barsSvg(trace, x, y) + errorsSvg(trace, x, y);
  return scatterSvg(trace, x, y) + errorsSvg(trace, x, y);
}

function barsSvg(trace: PictureTrace, x: PictureScale, y: PictureScale): string {
  const isFlat = trace.orientation === "h";
  const half = (trace.width ?? 0.65) / 2;
  return trace.y
    .map((value, i) => {
      if (value === null || trace.x[i] === null) return "";
      const across = isFlat
        ? [x.at(0), x.at(trace.x[i]!)]
        : [x.at(trace.x[i]! - half), x.at(trace.x[i]! + half)];
      const down = isFlat ? [y.at(value - half), y.at(value + half)] : [y.at(0), y.at(value)];
      const bar = rectangle(
        across as [number, number],
        down as [number, number],
        pick(trace.marker?.color, i),
        trace.marker?.opacity,
      );
      const words = trace.textposition === "outside" ? String(trace.text?.[i] ?? "") : "";
      if (words === "") return bar;
      return (
        bar +
        svgText(words, {
          x: Math.max(...(across as number[])) + 4,
          y: y.at(value),
          anchor: "start",
          size: 11,
        })
      );
    })
    .join("");
}

function heatMapSvg(trace: PictureTrace, x: PictureScale, y: PictureScale): string {
  const words = trace.text as readonly (readonly string[])[] | undefined;
  return (trace.z ?? [])
    .flatMap((row, i) =>
      row.map((value, j) => {
        const label = svgText(words?.[i]?.[j] ?? "", { x: x.at(j), y: y.at(i), anchor: "middle", size: 11 });
        if (value === null) return label;
        const share = (value / (trace.zmax ?? 1) + 1) / 2;
        const colour = colourAt(trace.colorscale ?? [], share);
        return rectangle([x.at(j - 0.48), x.at(j + 0.48)], [y.at(i - 0.47), y.at(i + 0.47)], colour) + label;
      }),
    )
    .join("");
}

function scatterSvg(trace: PictureTrace, x: PictureScale, y: PictureScale): string {
  if (trace.fill === "toself") return shapesSvg(trace, x, y);
  const points = trace.x.flatMap((value, i) =>
    trace.y[i] === null ? [] : [{ i, x: x.at(value), y: y.at(trace.y[i]!) }],
  );
  const parts: string[] = [];
  const path = points.map((point) => `${point.x},${point.y}`).join(" ");
  if (trace.fill === "tozerox" && points.length > 0) {
    const closed = `${x.at(0)},${points[0]!.y} ${path} ${x.at(0)},${points.at(-1)!.y}`;
    parts.push(`<polygon points="${closed}" fill="${trace.line?.color ?? lightPalette.muted}"/>`);
  } else if (trace.mode?.includes("lines")) {
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${trace.line?.color ?? lightPalette.muted}" stroke-width="1.5"/>`,
    );
  }
  if (trace.mode?.includes("markers")) {
    const step = Math.ceil(points.length / dotLimit);
    for (const point of points.filter((_, i) => i % step === 0)) {
      const radius = Number(pick(trace.marker?.size, point.i) ?? 6) / 2;
      parts.push(
        `<circle cx="${point.x}" cy="${point.y}" r="${radius}" fill="${pick(trace.marker?.color, point.i)}" fill-opacity="${trace.marker?.opacity ?? 1}"/>`,
      );
    }
  }
  return parts.join("");
}

/** Closed outlines with a gap (null) between them; holes run the other way round. */
function shapesSvg(trace: PictureTrace, x: PictureScale, y: PictureScale): string {
  let path = "";
  let isOpen = false;
  trace.y.forEach((value, i) => {
    if (value === null) isOpen = false;
    else {
      path += `${isOpen ? "L" : path === "" ? "M" : "ZM"}${x.at(trace.x[i]!)} ${y.at(value)}`;
      isOpen = true;
    }
  });
  const colour = trace.line?.color ?? lightPalette.muted;
  const width = trace.mode?.includes("lines") ? (trace.line?.width ?? 1) : 0;
  return `<path d="${path}Z" fill="${trace.fillcolor ?? lightPalette.muted}" fill-opacity="${trace.opacity ?? 1}" stroke="${colour}" stroke-width="${width}"/>`;
}

function errorsSvg(trace: PictureTrace, x: PictureScale, y: PictureScale): string {
  const errors = trace.error_x ?? trace.error_y;
  if (errors === undefined) return "";
  return trace.x
    .map((value, i) => {
      const height = trace.y[i];
      if (height === null || height === undefined) return "";
      const [less, more] = [(errors.arrayminus ?? errors.array)[i] ?? 0, errors.array[i] ?? 0];
      const ends = trace.error_x
        ? [x.at(value - less), y.at(height), x.at(value + more), y.at(height)]
        : [x.at(value), y.at(height - less), x.at(value), y.at(height + more)];
      return `<line x1="${ends[0]}" y1="${ends[1]}" x2="${ends[2]}" y2="${ends[3]}" stroke="${errors.color ?? lightPalette.ink}" stroke-width="1.5"/>`;
    })
    .join("");
}

/** A rectangle between two pixels each way, in whatever order they come. */
export function rectangle(
  across: readonly [number, number],
  down: readonly [number, number],
  colour: unknown,
  opacity: number = 1,
): string {
  const width = Math.abs(across[1] - across[0]).toFixed(1);
  const height = Math.abs(down[1] - down[0]).toFixed(1);
  return `<rect x="${Math.min(...across)}" y="${Math.min(...down)}" width="${width}" height="${height}" fill="${colour}" fill-opacity="${opacity}"/>`;
}

function pick<Value>(values: Value | readonly Value[] | undefined, index: number): Value | undefined {
  return Array.isArray(values) ? (values[index] as Value) : (values as Value | undefined);
}

function colourAt(scale: readonly (readonly [number, string])[], share: number): string {
  const above = scale.findIndex(([stop]) => stop >= share);
  if (above <= 0) return (above === 0 ? scale[0] : scale.at(-1))?.[1] ?? lightPalette.grid;
  const [from, to] = [scale[above - 1]!, scale[above]!];
  const part = (share - from[0]) / (to[0] - from[0]);
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from[1], to[1]].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a! + (b! - a!) * part);
  });
  return `rgb(${channels.join(",")})`;
}
