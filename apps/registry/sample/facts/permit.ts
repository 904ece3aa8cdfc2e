import type { Material, ServiceFacts } from '@mandate/lists';
import type { SampleFacts } from '../sample-item.ts';
import { licensing } from './procedures.ts';
import { licensingRisks } from './risks.ts';
import { service, workingDays } from './service.ts';

type Visit = Parameters<typeof licensing>[0]['visit'];

export const siteVisit = (standard: string, when = '需要核查现场'): NonNullable<Visit> => ({
  name: '现场核查',
  time: '5个工作日内',
  standard,
  when,
});

export const experts = (standard: string): NonNullable<Visit> => ({
  name: '专家评审',
  time: '不计入办理时限，至多30日',
  standard,
  when: '需要专家评审',
});

/** Everything a citizen and an overseer need of something that is applied for. */
export function permit(of: {
  readonly base: string;
  readonly office: string;
  readonly for: Parameters<typeof service>[0]['for'];
  readonly conditions: readonly string[];
  readonly materials: readonly Material[];
  /** working days */
  readonly statutory: number;
  readonly promised?: number;
  readonly immediate?: true;
  readonly visit?: Visit;
  readonly standard: string;
  readonly fee?: ServiceFacts['fee'];
  readonly counter: string;
  readonly offline?: true;
  readonly visits: number;
  readonly result: readonly [name: string, validity?: string, certificateType?: string];
  readonly more?: SampleFacts;
}): SampleFacts {
  const { promised, statutory: _statutory, result: _result, ...facts } = of;
  const [name, validity, certificateType] = of.result;
  return {
    baseCode: of.base,
    service: service({
      ...facts,
      statutory: workingDays(of.statutory),
      ...(promised !== undefined && { promised: workingDays(promised) }),
      result: {
        name,
        ...(certificateType !== undefined && { certificateType }),
        ...(validity !== undefined && { validity }),
        delivery: '窗口领取、邮寄，或者下载电子文本',
      },
    }),
    process: licensing({
      office: of.office,
      standard: of.standard,
      ...(of.visit && { visit: of.visit }),
      time: `${(promised ?? of.statutory).toString()}个工作日`,
      result: name,
    }),
    risks: licensingRisks(of.visit?.name ?? '材料审查'),
    ...of.more,
  };
}
