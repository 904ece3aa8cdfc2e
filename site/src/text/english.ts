import type { CategoryCode, IndustrySection } from '@mandate/codes';
import type { ChangeKind, Level } from '@mandate/lists';

// The interface's words for what the lists name by codes. What is written in a list itself stays Chinese.

export const CATEGORIES_EN: Readonly<Record<CategoryCode, string>> = {
  '01': 'Licensing',
  '02': 'Penalties',
  '03': 'Coercive measures',
  '04': 'Levies',
  '05': 'Benefits',
  '06': 'Inspections',
  '07': 'Confirmations',
  '08': 'Awards',
  '09': 'Adjudication',
  '10': 'Other powers',
  '20': 'Public services',
};

export const LEVELS_EN: Readonly<Record<Level, string>> = {
  '1': 'National',
  '2': 'Provincial',
  '3': 'City',
  '4': 'County',
  '5': 'Township',
  '6': 'Village',
};

export const KINDS_EN: Readonly<Record<ChangeKind, string>> = {
  added: 'Added',
  changed: 'Changed',
  cancelled: 'Cancelled',
  delegated: 'Delegated',
  'taken-over': 'Taken over',
  entrusted: 'Entrusted',
  suspended: 'Suspended',
  resumed: 'Resumed',
  recorded: 'First recorded',
};

export const SECTIONS_EN: Readonly<Record<IndustrySection, string>> = {
  A: 'Agriculture, forestry, animal husbandry and fishery',
  B: 'Mining',
  C: 'Manufacturing',
  D: 'Electricity, heat, gas and water',
  E: 'Construction',
  F: 'Wholesale and retail',
  G: 'Transport, storage and post',
  H: 'Hotels and catering',
  I: 'Information, software and IT services',
  J: 'Finance',
  K: 'Real estate',
  L: 'Leasing and business services',
  M: 'Research and technical services',
  N: 'Water, environment and public facilities',
  O: 'Resident services, repair and other services',
  P: 'Education',
  Q: 'Health and social work',
  R: 'Culture, sports and entertainment',
  S: 'Public administration and social security',
  T: 'International organizations',
};

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `2025-07-01` → 1 July 2025 */
export function formatDayEn(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}

/** 1 item, 2 items, 1,234 items */
export function countEn(count: number, one: string, many = `${one}s`): string {
  return `${String(count).replace(/\B(?=(\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;
}

/** `2025-07` → July 2025 */
export function formatMonthEn(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return `${MONTHS[(number ?? 1) - 1]} ${year}`;
}
