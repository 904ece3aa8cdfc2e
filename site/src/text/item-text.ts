import { LEVELS, type AuthorityItem, type LevelDivision, type SubItem } from '@mandate/lists';

type Part = AuthorityItem | SubItem | LevelDivision;

/** The texts of an item, a sub-item or a level, each wording once: parsed parts only where the list's own words are not kept. */
export function partTexts(part: Part): string[] {
  const texts = [
    part.implementingOrgan,
    part.handlingOffice,
    ...basesTexts(part),
    part.departmentDuties,
    ...dutiesTexts(part),
    ...dutyBasesTexts(part),
    part.accountablePersons,
    part.accountabilityGrounds,
    part.remedies,
    part.remarks,
  ];
  return texts.filter((text) => text !== undefined);
}

export function levelTexts(levels: readonly LevelDivision[] = []): string[] {
  return levels.flatMap((level) =>
    [levelWord(level), level.division, ...partTexts(level)].filter((text) => text !== undefined),
  );
}

export function subItemTexts(sub: SubItem): string[] {
  return [sub.name, ...levelTexts(sub.levels), ...partTexts(sub)];
}

/** The words of the list for a level, else those of its code. */
export function levelWord({ level, label }: LevelDivision): string | undefined {
  return label ?? (level === undefined ? undefined : LEVELS[level]);
}

export function basesTexts({ basisText, bases = [] }: Part): string[] {
  return basisText === undefined ? bases.map(({ text }) => text) : [basisText];
}

export function dutiesTexts({ dutiesText, duties = [] }: Part): string[] {
  return dutiesText === undefined
    ? duties.map(({ stage, text }) => (stage === undefined ? text : `${stage}：${text}`))
    : [dutiesText];
}

export function dutyBasesTexts({ dutyBasisText, dutyBases = [] }: Part): string[] {
  return dutyBasisText === undefined ? dutyBases.map(({ text }) => text) : [dutyBasisText];
}
