import type { AuthorityItem } from '../authority-item.ts';
import { excerpt, type ItemFinding } from './finding.ts';
import { placeOf } from './service.ts';

/** What the check needs of a certificate type of this registry. */
export interface KnownCertificateType {
  readonly code: string;
  readonly name: string;
  readonly mandate: { readonly category: string; readonly itemNames: readonly string[] };
}

/** 食品经营许可证正、副本（原件） → 食品经营许可证 */
function bareName(name: string): string {
  return name
    .replace(/[（(][^）)]*[）)]/gu, '')
    .replace(/[《》“”"\s]/gu, '')
    .replace(
      /(?:及其?|和|、)?(?:原件|复印件|影印件|扫描件|正、?副本|正本|副本|电子证照|电子版)+(?:(?:及|和|、)(?:原件|复印件))*$/u,
      '',
    );
}

/** 免提交: a material that this registry itself issues must not be asked for. */
export function checkMaterials(item: AuthorityItem, types: readonly KnownCertificateType[]): ItemFinding[] {
  return (item.service?.materials ?? []).flatMap((material, n): ItemFinding[] => {
    const name = bareName(material.name);
    const type = types.find((one) => one.code === material.certificateType || one.name === name);
    if (!type) return [];
    return [
      {
        rule: 'material-is-certificate',
        pointer: `/service/materials/${n.toString()}`,
        place: placeOf(material, n),
        text: `“${excerpt(material.name)}”就是本登记簿签发的${type.name}`,
        related: [{ key: type.code, name: type.name }],
      },
    ];
  });
}

const IS_CERTIFICATE = /(?:证|证书|执照|许可证|登记证|牌照)(?:[（(][^）)]*[）)])?$/u;

/** Only where the list itself says that a certificate comes of it. */
export function checkResult(item: AuthorityItem, types: readonly KnownCertificateType[]): ItemFinding[] {
  const result = item.service?.result;
  if (!result || item.state !== 'in-force') return [];
  const serves = types.some(
    ({ code, name, mandate }) =>
      code === result.certificateType ||
      name === bareName(result.name) ||
      (mandate.category === item.category && mandate.itemNames.includes(item.name)),
  );
  if (serves || (result.certificateType === undefined && !IS_CERTIFICATE.test(result.name))) return [];
  return [
    {
      rule: 'no-certificate-type',
      pointer: '/service/result',
      place: '办理结果',
      text: excerpt(result.name),
    },
  ];
}
