import { encodeBase32, sha256, utf8 } from '@mandate/encoding';
import type { NegativeList } from '@mandate/lists';
import { isMeantAsNegativeListKey } from '@mandate/published';
import { ListFileError } from '../list-files.errors.ts';
import type { TemplateOwner } from '../template/template-file.ts';

const KNOWN = [
  { name: /^市场准入负面清单$/, key: 'n-market-access', kind: 'market-access' },
  { name: /^外商投资准入/, key: 'n-foreign-investment', kind: 'foreign-investment' },
  // Those of one zone are lists of their own: 自由贸易试验区外商投资准入特别管理措施（负面清单）.
  { name: /外商投资准入/, key: undefined, kind: 'foreign-investment' },
] as const;

/** 《市场准入负面清单（2025年版）》 → 市场准入负面清单; undefined for a line that names no negative list. */
export function findNegativeListName(title: string): string | undefined {
  const line = title
    .replace(/\.[A-Za-z]{2,4}$/, '')
    .replace(/\s+/g, '')
    .replace(/^(?:附件[\d一二三四五六]*[：:.、]?|关于|印发|[《“"])+/, '');
  const name = (/^(.{2,60}?负面清单[）)]?)/.exec(line) ?? /^(.{0,30}?特别管理措施)/.exec(line))?.[1];
  return name?.replace(/^\d{4}年(?:版)?/, '');
}

/**
 * Which negative list a file is: given by key or name, else named by a template, a title or the file's name.
 * @param known the lists of the register
 * @throws ListFileError `no-negative-list`
 */
export function chooseNegativeList(source: {
  readonly given?: string | undefined;
  readonly owner: TemplateOwner;
  readonly titles: readonly string[];
  readonly file: string;
  readonly known: readonly NegativeList[];
}): { readonly list: NegativeList; readonly from: string } {
  const { given, owner, known } = source;
  const wanted = given ?? owner.key;
  const listed = known.find(({ key, name }) => [key, name].includes(wanted ?? owner.name ?? ''));
  if (listed) return { list: listed, from: given === undefined ? '填写说明' : '--list' };
  if (wanted !== undefined && isMeantAsNegativeListKey(wanted))
    throw new ListFileError('no-negative-list', `没有标识为 ${wanted} 的负面清单，请核对或改用清单名称。`);
  const named = given ?? owner.name;
  if (named !== undefined) return { list: newList(named), from: given === undefined ? '填写说明' : '--list' };
  const inTitle = source.titles.map(findNegativeListName).find((name) => name !== undefined);
  const name = inTitle ?? findNegativeListName(source.file);
  if (name === undefined)
    throw new ListFileError(
      'no-negative-list',
      '标题和文件名里都没有清单名称，请用 --list 指明，例如 --list 市场准入负面清单。',
    );
  const list = newList(name);
  return {
    list: known.find((one) => one.sample !== true && (one.name === name || one.key === list.key)) ?? list,
    from: inTitle === undefined ? '文件名' : '标题',
  };
}

function newList(name: string): NegativeList {
  const found = KNOWN.find((one) => one.name.test(name));
  if (name.length < 2 || name.length > 100)
    throw new ListFileError('no-negative-list', '负面清单名称应为 2 到 100 个字。');
  const key = found?.key ?? `n-${encodeBase32(sha256(utf8(name)).subarray(0, 10)).toLowerCase()}`;
  return { schema: 'negative-list/1', key, name, kind: found?.kind ?? 'other' };
}
