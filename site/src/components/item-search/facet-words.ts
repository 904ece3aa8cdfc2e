import { CATEGORIES, INDUSTRY_SECTIONS } from '@mandate/codes';
import type { Level } from '@mandate/lists';
import { ITEM_STATES } from '@mandate/look';
import type { Facet, ListName, Manifest } from '@mandate/search';
import { say } from '../../scripts/page/language.ts';
import { CATEGORIES_EN, LEVELS_EN, SECTIONS_EN } from '../../text/english.ts';

// Written out, because the lib that has them brings all schemas of the lists with it. A test holds them together.
export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  '1': '国家级',
  '2': '省级',
  '3': '市级',
  '4': '县级',
  '5': '乡级',
  '6': '村级',
};
const LISTS: Readonly<Record<ListName, readonly [zh: string, en: string]>> = {
  authority: ['权力清单', 'Powers'],
  duty: ['责任清单', 'Duties'],
  negative: ['负面清单', 'Negative lists'],
};
const FACET_WORDS: Readonly<Record<Facet, readonly [zh: string, en: string]>> = {
  list: ['清单', 'List'],
  category: ['权力类型', 'Kind of power'],
  region: ['地区', 'Region'],
  organ: ['部门', 'Organ'],
  level: ['行使层级', 'Level'],
  section: ['行业门类', 'Trade'],
  state: ['状态', 'State'],
};

export function facetWord(facet: Facet): string {
  return say(...FACET_WORDS[facet]);
}

/** What a value of a facet is called; the value itself where nothing knows it. */
export function valueWord(facet: Facet, value: string, { sources, regions }: Manifest): string {
  switch (facet) {
    case 'list':
      return say(...(find(LISTS, value) ?? [value, value]));
    case 'category':
      return say(find(CATEGORIES, value) ?? value, find(CATEGORIES_EN, value) ?? value);
    case 'level':
      return say(find(LEVEL_WORDS, value) ?? value, find(LEVELS_EN, value) ?? value);
    case 'section':
      return `${value} ${say(find(INDUSTRY_SECTIONS, value) ?? '', find(SECTIONS_EN, value) ?? '')}`;
    case 'state':
      return stateWord(value);
    case 'organ':
      return sources.find(([key]) => key === value)?.[1] ?? value;
    case 'region':
      return regions.find(([code]) => code === value)?.[1] ?? value;
  }
}

export function stateWord(state: string): string {
  const { zh, en } = find(ITEM_STATES, state) ?? { zh: state, en: state };
  return say(zh, en);
}

function find<T>(words: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
