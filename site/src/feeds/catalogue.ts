import { EDITIONS_PATH, itemsPath, negativeItemsPath } from '@mandate/published';
import { FORMAT_NAMES, FORMATS } from '../downloads/formats.ts';
import { getMonthNames } from '../published/changes.ts';
import { countByCategory } from '../published/counts.ts';
import { editionAddress, getEditions, listOf } from '../published/editions.ts';
import { getNegativeLists } from '../published/negative.ts';
import { getOrgans } from '../published/organs.ts';
import { getRegions, organsOf } from '../published/regions.ts';
import { getRegistry } from '../published/registry.ts';
import { getSettings } from '../published/settings.ts';
import { ATOM_TYPE } from './atom.ts';

/** A list that can be taken away. */
export interface Dataset {
  readonly title: string;
  readonly description: string;
  /** of the page it belongs to, from the root */
  readonly page: string;
  /** files from the root; without `type` the three formats of a table, by the address without the ending */
  readonly files: readonly { readonly path: string; readonly type?: string }[];
  readonly keywords: readonly string[];
}

const MEDIA = 'https://www.iana.org/assignments/media-types/';

/** Every dataset of the site, in the order of its pages. */
export function getDatasets(): Dataset[] {
  const tables = (path: string) => ({ path });
  const json = (path: string) => ({ path, type: 'application/json' });
  const feed = (path: string) => ({ path, type: ATOM_TYPE });
  return [
    ...getOrgans().map(({ key, organ }) => ({
      title: `${organ.name}权责清单`,
      description: `${organ.name}的全部权力事项和责任，逐字，含已取消的；条目和变更。`,
      page: `/organs/${key}/`,
      files: [tables(`/organs/${key}/items`), json(`/${itemsPath(key)}`), feed(`/feeds/${key}.xml`)],
      keywords: ['权力清单', '责任清单', organ.name],
    })),
    ...countByCategory()
      .filter(({ items }) => items > 0)
      .map(({ code, name }) => ({
        title: `${name}事项`,
        description: `各部门现行的${name}事项。`,
        page: `/categories/${code}/`,
        files: [tables(`/categories/${code}/items`)],
        keywords: ['权力清单', name],
      })),
    ...[...getRegions().values()]
      .filter(({ key }) => organsOf(key).length > 0)
      .map(({ key, region }) => ({
        title: `${region.name}各部门的事项`,
        description: `${region.name}本级各部门现行的事项。`,
        page: `/regions/${key}/`,
        files: [tables(`/regions/${key}/items`)],
        keywords: ['权力清单', region.name],
      })),
    ...getNegativeLists().map(({ key, list }) => ({
      title: list.name,
      description: `${list.name}：禁止和许可准入的事项和措施。`,
      page: `/negative/${key}/`,
      files: [tables(`/negative/${key}/items`), json(`/${negativeItemsPath(key)}`)],
      keywords: ['负面清单'],
    })),
    {
      title: '各清单的版本',
      description: '作为整体批准和公布的清单：编号、日期、文号和指纹。',
      page: '/editions/',
      files: [tables('/editions/editions'), json(`/${EDITIONS_PATH}`)],
      keywords: ['版本'],
    },
    ...getEditions().map(({ edition }) => ({
      title: `${listOf(edition).name}：${edition.name}`,
      description: '这一版所含的事项，和与上一版相比的变化。',
      page: editionAddress(edition),
      files: [tables(`${editionAddress(edition)}items`)],
      keywords: ['版本', listOf(edition).negative ? '负面清单' : '权力清单'],
    })),
    {
      title: '最近的变更',
      description: '全部清单最近的 50 次变更。',
      page: '/changes/',
      files: [feed('/feeds/all.xml')],
      keywords: ['变更'],
    },
    ...getMonthNames().map((month) => ({
      title: `${month} 的变更`,
      description: '这个月起生效的全部变更：类型、理由、文号、施行日期。',
      page: `/changes/${month}/`,
      files: [tables(`/changes/${month}/changes`)],
      keywords: ['变更'],
    })),
    {
      title: '统计',
      description: '各部门各类事项数、各月各类变更数、法定时限与承诺时限。',
      page: '/statistics/',
      files: ['organs', 'changes', 'time-limits'].map((name) => tables(`/statistics/${name}`)),
      keywords: ['统计'],
    },
  ];
}

/** A DCAT 3 catalogue (https://www.w3.org/TR/vocab-dcat-3/) as JSON-LD, its context written out: nothing is fetched to read it. */
export function catalogue(): string {
  const { publicUrl } = getSettings();
  const { name } = getRegistry();
  const publisher = { '@type': 'foaf:Agent', 'foaf:name': name };
  const at = (path: string): string => publicUrl + path;
  const distribution = (path: string, type: string, title: string) => ({
    '@id': at(path),
    '@type': 'dcat:Distribution',
    title,
    accessURL: at(path),
    downloadURL: at(path),
    mediaType: MEDIA + type,
  });
  const datasets = getDatasets().map(({ title, description, page, files, keywords }) => ({
    '@id': `${at(page)}#dataset`,
    '@type': 'dcat:Dataset',
    title,
    description,
    landingPage: at(page),
    keyword: keywords,
    language: 'zh-CN',
    publisher,
    distribution: files.flatMap(({ path, type }) =>
      type === undefined
        ? FORMAT_NAMES.map((format) =>
            distribution(`${path}.${format}`, FORMATS[format].iana, `${title}（${FORMATS[format].name}）`),
          )
        : [distribution(path, type, title)],
    ),
  }));
  return `${JSON.stringify(
    {
      '@context': CONTEXT,
      '@id': at('/catalogue.jsonld'),
      '@type': 'dcat:Catalog',
      title: `${name}的开放数据`,
      description: '权力清单、责任清单和负面清单，每一页都可以作为 CSV、JSON 和 XLSX 带走。',
      homepage: at('/downloads/'),
      language: 'zh-CN',
      publisher,
      dataset: datasets,
    },
    undefined,
    1,
  )}\n`;
}

const IRI = { '@type': '@id' } as const;
const CONTEXT = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  title: { '@id': 'dct:title', '@language': 'zh-CN' },
  description: { '@id': 'dct:description', '@language': 'zh-CN' },
  keyword: { '@id': 'dcat:keyword', '@language': 'zh-CN' },
  language: 'dct:language',
  publisher: 'dct:publisher',
  homepage: { '@id': 'foaf:homepage', ...IRI },
  landingPage: { '@id': 'dcat:landingPage', ...IRI },
  accessURL: { '@id': 'dcat:accessURL', ...IRI },
  downloadURL: { '@id': 'dcat:downloadURL', ...IRI },
  mediaType: { '@id': 'dcat:mediaType', ...IRI },
  dataset: { '@id': 'dcat:dataset', ...IRI },
  distribution: { '@id': 'dcat:distribution', ...IRI },
};
