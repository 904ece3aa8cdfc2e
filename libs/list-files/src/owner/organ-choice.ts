import { isUscc } from '@mandate/codes';
import type { Organ } from '@mandate/lists';
import { isOrganKey } from '@mandate/published';
import { ListFileError } from '../list-files.errors.ts';
import type { ListWarning } from '../list-warning.ts';
import { newOrgan, type Register } from './known-organ.ts';
import { describeOrgan, findOrganInTitle, lacksRegion, type NamedOrgan, withRegion } from './organ-title.ts';
import { resolveOrgan } from './resolve-organ.ts';

/** Organs that one refusal names. */
const MOST_ORGANS = 20;

export interface OrganChoice {
  readonly organ: Organ;
  /** where it was read: 标题, 文件名, --organ */
  readonly from: string;
  readonly warnings: readonly ListWarning[];
}

export interface OrganSource extends Register {
  readonly given?: string | undefined;
  readonly titles: readonly string[];
  readonly file: string;
  /** regions named by the other files of the run */
  readonly regions: readonly string[];
}

/**
 * Whose list a workbook is: given by `--organ`, else named by a title, else by the file's name. A name that every city has
 * (市农业农村局) takes its region from the one organ already listed that it can be, else from the region all other lists
 * agree on; so the same workbook is the same organ's, imported alone or with others.
 * @throws ListFileError `no-organ` | `unknown-organ`
 */
export function chooseOrgan(source: OrganSource): OrganChoice {
  const { given, known } = source;
  const named = nameInSource(source.titles, source.file);
  if (given !== undefined) return chooseGiven(given.trim(), named?.organ, source);
  if (!named)
    throw new ListFileError(
      'no-organ',
      '标题和文件名里都没有机关名称，请用 --organ 指明，例如 --organ 示例市财政局。',
    );
  const { organ, from } = named;
  const listed = known.find(({ name, abolished }) => name === organ.name && abolished !== true);
  if (listed) return { organ: listed, from, warnings: [] };
  if (!lacksRegion(organ)) return chooseNamed(organ, from, source);
  return completeOrgan(organ, from, source);
}

/** The first title that names an organ; the file's name where it says more. */
export function nameInSource(
  titles: readonly string[],
  file: string,
): { organ: NamedOrgan; from: string } | undefined {
  const inTitle = titles.map(findOrganInTitle).find((organ) => organ !== undefined);
  const inFile = findOrganInTitle(file);
  if (inTitle && (!lacksRegion(inTitle) || !inFile || lacksRegion(inFile)))
    return { organ: inTitle, from: '标题' };
  return inFile && { organ: inFile, from: '文件名' };
}

/** Under a name that it had, or that is written short: the organ of today. @throws ListFileError where it may be several */
function chooseNamed(organ: NamedOrgan, from: string, register: Register): OrganChoice {
  const resolved = resolveOrgan(organ.name, register, undefined);
  if (!('organ' in resolved))
    throw new ListFileError('unknown-organ', `${resolved.message}也可以用 --organ 指明。`, {
      suggestions: (resolved.is === 'several' ? resolved.organs : [])
        .slice(0, MOST_ORGANS)
        .map(({ name }) => ({ reads: 'likely', options: [{ option: 'organ', value: name }] })),
    });
  const { note } = resolved;
  return {
    organ: resolved.organ,
    from,
    warnings: note === undefined ? [] : [{ row: 1, code: 'organ-named', message: note }],
  };
}

function chooseGiven(given: string, named: NamedOrgan | undefined, register: Register): OrganChoice {
  const { known } = register;
  const from = '--organ';
  const listed = known.find(({ key, name, uscc }) => [key, name, uscc].includes(given));
  if (listed) return { organ: listed, from, warnings: [] };
  if (isUscc(given)) {
    if (!named)
      throw new ListFileError(
        'no-organ',
        `${given} 还没有登记，工作簿里也没有机关名称，请用 --organ 给出名称。`,
      );
    return { organ: { ...newOrgan(named, register), key: given, uscc: given }, from, warnings: [] };
  }
  if (isOrganKey(given))
    throw new ListFileError('unknown-organ', `没有标识为 ${given} 的机关，请核对或改用机关全称。`);
  if (given.length < 2 || given.length > 100)
    throw new ListFileError('unknown-organ', '机关名称应为 2 到 100 个字。');
  return chooseNamed(describeOrgan(given), from, register);
}

function completeOrgan(organ: NamedOrgan, from: string, source: OrganSource): OrganChoice {
  const { known, regions } = source;
  // The sample city is nobody's.
  const real = known.filter(({ sample }) => sample !== true);
  const candidates = real.filter(
    ({ regionName, name }) => regionName !== undefined && withRegion(organ, regionName).name === name,
  );
  const [candidate, ...others] = candidates;
  if (candidate && others.length === 0)
    return { organ: candidate, from, warnings: [assumed(organ, candidate.name)] };
  const agreed = new Set([...regions, ...real.flatMap(({ regionName }) => regionName ?? [])]);
  const [region, ...more] = agreed;
  if (region !== undefined && more.length === 0 && !candidate) {
    const full = withRegion(organ, region);
    return { organ: newOrgan(full, source), from, warnings: [assumed(organ, full.name)] };
  }
  return {
    organ: newOrgan(organ, source),
    from,
    warnings: [
      {
        row: 1,
        code: 'organ-without-region',
        message: `“${organ.name}”没有写明地区，按此名称登记；如有误请用 --organ 给出机关全称。`,
      },
    ],
  };
}

function assumed(organ: NamedOrgan, name: string): ListWarning {
  return {
    row: 1,
    code: 'organ-region-assumed',
    message: `“${organ.name}”没有写明地区，按其他清单认作“${name}”；如有误请用 --organ 给出机关全称。`,
  };
}
