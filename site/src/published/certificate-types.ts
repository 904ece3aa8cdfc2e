import { CertificateTypeSchema, type CertificateType } from '@mandate/certificate';
import { parseTypesFile, TYPES_PATH } from '@mandate/published';
import { findBlob } from './blobs.ts';
import { versionShownOn } from './day.ts';
import { digestOf, parsePublished, stateOn } from './files.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';
import { getSettings } from './settings.ts';

const readTypes = remembered(() => {
  const { day } = getSettings();
  const types = parsePublished(TYPES_PATH, parseTypesFile);
  const shown = types.flatMap(({ code, entries }) => {
    const version = versionShownOn(entries, day);
    const type = version && findBlob(version.entry.blob, CertificateTypeSchema);
    return type ? [[code, type] as const] : [];
  });
  const days = types.flatMap(({ entries }) => entries.map(({ entry }) => entry.effectiveDate));
  return { types: new Map<string, CertificateType>(shown), days };
});

/** The types of certificates that this registry issues, by code, as they are on the day of the pages. */
export function getCertificateTypes(): ReadonlyMap<string, CertificateType> {
  recordRead('certificate-types:');
  return withoutRecording(readTypes).types;
}

defineInput('certificate-types', () => {
  const { types, days } = readTypes();
  const shown = [...types].map(([code, { name, mandate }]) => [code, name, mandate]);
  return stateOn(digestOf(JSON.stringify(shown)), days);
});
