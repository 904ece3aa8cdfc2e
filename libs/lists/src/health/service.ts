import type { AuthorityItem } from '../authority-item.ts';
import type { Material } from '../service-facts.ts';
import { excerpt, type ItemFinding } from './finding.ts';
import { isLonger } from './time-limits.ts';

/** What a citizen is told. A list that says nothing of it is found to say nothing wrong. */
export function checkService({ service }: AuthorityItem): ItemFinding[] {
  if (!service) return [];
  const { statutoryTime, promisedTime, fee, materials = [] } = service;
  const found: ItemFinding[] = [];
  if (statutoryTime && promisedTime && isLonger(promisedTime, statutoryTime))
    found.push({
      rule: 'promise-longer-than-statute',
      pointer: '/service/promisedTime',
      place: '承诺办结时限',
      text: `承诺“${excerpt(promisedTime.text)}”，法定“${excerpt(statutoryTime.text)}”`,
    });
  if (fee?.charged === true && fee.basis === undefined)
    found.push({
      rule: 'fee-without-basis',
      pointer: '/service/fee',
      place: '收费',
      text: fee.standard === undefined ? '收费，没有写标准和依据' : excerpt(fee.standard),
    });
  materials.forEach((material, n) => {
    const at = { pointer: `/service/materials/${n.toString()}`, place: placeOf(material, n) };
    if (offersForm(material) && material.blankForm === undefined)
      found.push({
        rule: 'form-missing',
        ...at,
        text: excerpt(material.remarks ?? '写明可以下载，没有下载地址'),
      });
    if (isZeroCopies(material))
      found.push({ rule: 'material-zero-copies', ...at, text: '原件0份，复印件0份' });
  });
  return found;
}

export function placeOf({ name }: Material, n: number): string {
  return `申请材料第${(n + 1).toString()}项“${excerpt(name)}”`;
}

function offersForm({ formOffered, remarks = '', name }: Material): boolean {
  return formOffered === true || /(?:可|请|自行|网上|网站).{0,8}下载/u.test(`${name} ${remarks}`);
}

/** An electronic file has no copies, and what an organ looks up itself none either. */
function isZeroCopies({ originals, copies, form, certificateType }: Material): boolean {
  return originals === 0 && copies === 0 && form !== 'electronic' && certificateType === undefined;
}
