import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import type { ProcessStep } from '@mandate/lists';
import { textEms, wrapEvenly } from './wrap-text.ts';

/** Measures of the picture in its own units; one is a CSS pixel at normal type size. */
export const FONT = 16;
export const LINE = 22;
const BOX_EMS = 9;
/** Two boxes beside each other fit a phone of 390 pixels. */
const BOX_WIDTH = BOX_EMS * FONT + 16;
const PADDING = 9;
const LABEL_EMS = 7;
const MARGIN = 2;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedStep {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** the name with its number; handler and time */
  readonly name: readonly string[];
  readonly notes: readonly string[];
  /** nothing leads here, or nowhere from here */
  readonly isEnd: boolean;
}

export interface PlacedWay {
  readonly points: readonly Point[];
  /** on what condition, in the middle of the way */
  readonly label?: {
    readonly at: Point;
    readonly width: number;
    readonly height: number;
    readonly lines: readonly string[];
  };
}

export interface ProcessLayout {
  readonly width: number;
  readonly height: number;
  readonly steps: readonly PlacedStep[];
  readonly ways: readonly PlacedWay[];
}

/** Where each step leads: to those it names, else to the one that follows, if any. */
export function waysOf(
  steps: readonly ProcessStep[],
): { readonly from: string; readonly to: string; readonly when: string | undefined }[] {
  return steps.flatMap(({ id, next }, position) => {
    const follows = steps[position + 1];
    const ways = next ?? (follows ? [{ to: follows.id }] : []);
    return ways.map((way) => ({ from: id, to: way.to, when: 'when' in way ? way.when : undefined }));
  });
}

/** Places the steps of a process from the top down; the same steps always come out the same. */
export function layoutProcess(steps: readonly ProcessStep[]): ProcessLayout {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 16, ranksep: 30, edgesep: 14, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  const ways = waysOf(steps);
  const texts = steps.map(({ id, name, handler, time }, position) => {
    const lines = {
      name: wrapEvenly(`${position + 1} ${name}`, BOX_EMS, 3),
      notes: [handler, time].flatMap((text) => (text === undefined ? [] : wrapEvenly(text, BOX_EMS, 3))),
    };
    const height = (lines.name.length + lines.notes.length) * LINE + 2 * PADDING;
    graph.setNode(id, { width: BOX_WIDTH, height });
    return lines;
  });
  ways.forEach(({ from, to, when }, n) => {
    const lines = when === undefined ? [] : wrapEvenly(when, LABEL_EMS, 3);
    const width = Math.max(0, ...lines.map(textEms)) * FONT;
    const size =
      lines.length === 0 ? {} : { width: width + 8, height: lines.length * LINE, labelpos: 'c' as const };
    graph.setEdge(from, to, size, String(n));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    steps: steps.map(({ id }, position) => {
      const node = graph.node(id);
      const lines = texts[position] ?? { name: [], notes: [] };
      const isEnd =
        !ways.some(({ from }) => from === id) || !ways.some(({ to, from }) => to === id && from !== id);
      return {
        x: round((node.x ?? 0) - node.width / 2),
        y: round((node.y ?? 0) - node.height / 2),
        width: node.width,
        height: node.height,
        ...lines,
        isEnd,
      };
    }),
    ways: ways.map(({ from, to, when }, n) => {
      const {
        points = [],
        x = 0,
        y = 0,
        width: wide = 0,
        height: high = 0,
      } = graph.edge(from, to, String(n));
      const line = points.map((point: Point) => ({ x: round(point.x), y: round(point.y) }));
      if (when === undefined) return { points: line };
      const label = {
        at: { x: round(x), y: round(y) },
        width: wide,
        height: high,
        lines: wrapEvenly(when, LABEL_EMS, 3),
      };
      return { points: line, label };
    }),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
