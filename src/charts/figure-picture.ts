import type { Figure } from "./figure.js";
import { legendHeight, legendSvg } from "./picture-legend.js";
import { type PictureAxis, type PictureScale, pictureScale } from "./picture-scale.js";
import { svgText, textWidth } from "./picture-text.js";
import { type PictureTrace, rectangle, traceSvg } from "./picture-traces.js";
import { lightPalette } from "./theme.js";

const width = 720;

interface PictureShape {
  readonly type: string;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly yref?: string;
  readonly fillcolor?: string;
  readonly line?: { readonly color?: string };
}

interface PictureNote {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly xref?: string;
  readonly yref?: string;
  readonly xanchor?: string;
  readonly yanchor?: string;
  readonly font?: { readonly color?: string };
}

interface Panel {
  readonly axis: PictureAxis;
  readonly traces: readonly PictureTrace[];
  readonly y: PictureScale;
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A figure as a still picture (SVG), for viewers without plotly: notebook previews, a report with scripts off.
 *
 * Draws what our own charts use (bars, lines, dots, error bars, heat maps, bands); at most 400 dots of a cloud. 720 pixels wide, white ground.
 */
export function figurePicture(figure: Figure): string {
  const traces = figure.data as unknown as readonly PictureTrace[];
  const { layout } = figure;
  const xAxis = (layout.xaxis ?? {}) as PictureAxis;
  const margin = layout.margin as { readonly t: number };
  const height = (layout.height as number) - margin.t + 28;
  const yNames = Object.keys(layout).filter((name) => /^yaxis\d*$/.test(name));
  const named = layout.showlegend === true ? traces.filter(({ showlegend }) => showlegend !== false) : [];
  const bare = frameOf(
    yNames.map((name) => layout[name] as PictureAxis),
    xAxis,
    height,
  );
  const frame = { ...bare, top: bare.top + legendHeight(named, width) };
  const x = pictureScale(xAxis, traces.flatMap(acrossValues), [frame.left, frame.right]);
  const panels = yNames.map((name) => panelOf(name, layout[name] as PictureAxis, traces, frame));
  const parts = [
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...((layout.shapes ?? []) as readonly PictureShape[]).map((shape) =>
      shapeSvg(shape, x, panels[0]!.y, frame),
    ),
    ...panels.map((panel) => panelSvg(panel, x, frame)),
    axisSvg(xAxis, x, frame),
    legendSvg(named, width),
    ...((layout.annotations ?? []) as readonly PictureNote[]).map((note) =>
      noteSvg(note, x, panels[0]!.y, frame),
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif">${parts.join("")}</svg>`;
}

/** Whether a figure is of the kind that {@link figurePicture} draws: as our charts make them, with numbers along both axes. */
export function isPicturable({ data, layout }: Figure): boolean {
  const isNumeric = (values: unknown): boolean =>
    Array.isArray(values) && values.every((value) => value === null || typeof value === "number");
  return (
    typeof layout.height === "number" &&
    typeof (layout.margin as { readonly t?: unknown } | undefined)?.t === "number" &&
    "yaxis" in layout &&
    data.every(
      ({ type, x, y }) =>
        ["bar", "scatter", "heatmap"].includes(String(type)) && isNumeric(x) && isNumeric(y),
    )
  );
}

function frameOf(yAxes: readonly PictureAxis[], xAxis: PictureAxis, height: number): Frame {
  const labels = yAxes.flatMap((axis) => axis.ticktext ?? ["20,000"]);
  const hasTitle = yAxes.some((axis) => axis.title);
  const below = Math.max(1, ...(xAxis.ticktext ?? []).map((text) => text.split("<br>").length));
  return {
    left: Math.max(0, ...labels.map((label) => textWidth(label, 12))) + (hasTitle ? 30 : 14),
    right: width - 16,
    top: 24,
    bottom: height - 36 - 15 * below,
  };
}

function acrossValues(trace: PictureTrace): readonly number[] {
  if (trace.type === "heatmap") return [-0.45, trace.x.length - 0.55];
  const bars = trace.error_x;
  const ends = bars
    ? trace.x.flatMap((value, i) => [value + bars.array[i]!, value - (bars.arrayminus ?? bars.array)[i]!])
    : [];
  return [...trace.x, ...ends];
}

function panelOf(name: string, axis: PictureAxis, traces: readonly PictureTrace[], frame: Frame): Panel {
  const own = traces.filter((trace) => (trace.yaxis ?? "y").replace("y", "yaxis") === name);
  const [low, high] = axis.domain ?? [0, 1];
  const span = frame.bottom - frame.top;
  const values = own.flatMap((trace) =>
    trace.type === "heatmap" ? [-0.45, trace.y.length - 0.55] : trace.y.filter((value) => value !== null),
  );
  return {
    axis,
    traces: own,
    y: pictureScale(axis, values, [frame.bottom - low * span, frame.bottom - high * span]),
  };
}

function panelSvg({ axis, traces, y }: Panel, x: PictureScale, frame: Frame): string {
  const ticks = y.ticks.map(({ value, text }) => {
    const grid =
      axis.showgrid === false
        ? ""
        : lineSvg([frame.left, y.at(value), frame.right, y.at(value)], lightPalette.grid);
    return grid + svgText(text, { x: frame.left - 6, y: y.at(value), anchor: "end" });
  });
  const title = axis.title
    ? svgText(axis.title.text, { x: 4, y: 10, anchor: "start", colour: lightPalette.muted })
    : "";
  return ticks.join("") + title + traces.map((trace) => traceSvg(trace, x, y)).join("");
}

function axisSvg(axis: PictureAxis, x: PictureScale, frame: Frame): string {
  const lines = Math.max(1, ...x.ticks.map((tick) => tick.text.split("<br>").length));
  const ticks = x.ticks.map(({ value, text }) =>
    svgText(text, { x: x.at(value), y: frame.bottom + 8 + 7.2 * lines, anchor: "middle", size: 11 }),
  );
  const middle = (frame.left + frame.right) / 2;
  const title = svgText(axis.title?.text ?? "", {
    x: middle,
    y: frame.bottom + 24 + 14 * lines,
    anchor: "middle",
  });
  return (
    lineSvg([frame.left, frame.bottom, frame.right, frame.bottom], lightPalette.band) + ticks.join("") + title
  );
}

function shapeSvg(shape: PictureShape, x: PictureScale, y: PictureScale, frame: Frame): string {
  const down: readonly [number, number] =
    shape.yref === "paper" ? [frame.top, frame.bottom] : [y.at(shape.y0), y.at(shape.y1)];
  const across: readonly [number, number] = [x.at(shape.x0), x.at(shape.x1)];
  if (shape.type === "rect") return rectangle(across, down, shape.fillcolor);
  return lineSvg(
    [across[0], down[0], across[1], down[1]],
    shape.line?.color ?? lightPalette.muted,
    ' stroke-dasharray="3 3"',
  );
}

function noteSvg(note: PictureNote, x: PictureScale, y: PictureScale, frame: Frame): string {
  const isLeft = note.xref === "paper";
  const baseline = note.yref === "paper" ? frame.bottom - note.y * (frame.bottom - frame.top) : y.at(note.y);
  return svgText(note.text, {
    x: isLeft ? frame.left + 2 : x.at(note.x),
    y: baseline + noteShift(note.yanchor),
    anchor: isLeft || note.xanchor === "left" ? "start" : note.xanchor === "right" ? "end" : "middle",
    colour: note.font?.color ?? lightPalette.ink,
  });
}

/** From the note's place to the middle of its line, pixels. */
function noteShift(anchor: PictureNote["yanchor"]): number {
  return anchor === "bottom" ? -9 : anchor === "top" ? 9 : 0;
}

function lineSvg(
  ends: readonly [number, number, number, number],
  colour: string,
  extra: string = "",
): string {
  const [x1, y1, x2, y2] = ends;
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"${extra}/>`;
}
