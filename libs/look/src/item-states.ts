// A state is a shape and a word before it is a colour.

/** One element within an `<svg>`, drawn in `currentColor`; names of attributes as SVG spells them. */
export interface MarkShape {
  readonly element: 'circle' | 'path';
  readonly attributes: Readonly<Record<string, string>>;
}

interface StateLook {
  readonly zh: string;
  readonly en: string;
  /** in a box of 16 */
  readonly mark: MarkShape;
}

/** What is shown of the state of a listed item: word and shape. `redacted`: its content was withdrawn. */
export const ITEM_STATES = {
  'in-force': {
    zh: '在用',
    en: 'In force',
    mark: { element: 'circle', attributes: { cx: '8', cy: '8', r: '6', fill: 'currentColor' } },
  },
  suspended: {
    zh: '暂停',
    en: 'Suspended',
    mark: { element: 'path', attributes: { d: 'M3 2h3.5v12H3zM9.5 2H13v12H9.5z', fill: 'currentColor' } },
  },
  cancelled: {
    zh: '已取消',
    en: 'Cancelled',
    mark: {
      element: 'path',
      attributes: { d: 'm3 3 10 10M13 3 3 13', stroke: 'currentColor', 'stroke-width': '2.6', fill: 'none' },
    },
  },
  redacted: {
    zh: '内容已撤下',
    en: 'Content withdrawn',
    mark: { element: 'path', attributes: { d: 'M2 7h12v2H2z', fill: 'currentColor' } },
  },
} as const satisfies Readonly<Record<string, StateLook>>;
export type ItemStateLook = keyof typeof ITEM_STATES;
