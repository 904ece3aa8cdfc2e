import type { Certificate, CertificateType } from '@mandate/certificate';
import { isCitizenId, isUscc } from '@mandate/codes';
import { describeTextFault, findTextFault, halfWidth, mendText } from '@mandate/encoding';
import type { IssueData } from './certificate-data.ts';
import { CertificateError } from './certificates.errors.ts';

/**
 * What was handed in → holder and face fields as they are printed, every text in its canonical form. A radical becomes the
 * character it looks like: what is signed is found by whoever types what he reads.
 * @throws CertificateError `invalid-data` that names every wrong field at once
 */
export function parseFace(type: CertificateType, data: IssueData): Pick<Certificate, 'holder' | 'face'> {
  const problems: string[] = badTexts(data);
  const known = new Set(type.faceFields.map((field) => field.name));
  for (const name of Object.keys(data.face)) {
    if (!known.has(name))
      problems.push(`${name}：${type.name}没有这个照面字段（可用：${[...known].join('、')}）`);
  }
  const face = type.faceFields.flatMap(({ name, label, required, maxLength }) => {
    const value = mendText(data.face[name] ?? '').text;
    if (value === '' && required) problems.push(`${name}：请填写${label}`);
    if ([...value].length > maxLength) problems.push(`${name}：${label}最多 ${maxLength} 个字`);
    return value === '' ? [] : [{ name, label, value }];
  });
  const holder = {
    name: mendText(data.holder.name).text,
    code: halfWidth(data.holder.code).replace(/\s/g, '').toUpperCase(),
    codeType: data.holder.codeType,
  };
  if (holder.name === '') problems.push('holder.name：请填写持证主体名称');
  if (holder.codeType === '001' && !isUscc(holder.code)) {
    problems.push('holder.code：不是有效的统一社会信用代码，请核对 18 位代码');
  }
  if (holder.codeType === '111' && !isCitizenId(holder.code)) {
    problems.push('holder.code：不是有效的公民身份号码，请核对 18 位号码');
  }
  if (problems.length > 0)
    throw new CertificateError('invalid-data', `证照数据有误：\n  ${problems.join('\n  ')}`);
  return { holder, face };
}

/** A name that runs backwards, or that holds what nobody sees, is another name than the one that is read: never signed. */
function badTexts({ holder, face }: IssueData): string[] {
  const texts = [
    { field: 'holder.name', text: holder.name, lines: false },
    { field: 'holder.code', text: holder.code, lines: false },
    ...Object.entries(face).map(([field, text]) => ({ field, text, lines: true })),
  ];
  return texts.flatMap(({ field, text, lines }) => {
    const found = findTextFault(text, { lines });
    return found === undefined ? [] : [`${field}：${describeTextFault(found)}`];
  });
}
