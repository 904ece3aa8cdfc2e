import { getNegativeLists } from './negative.ts';
import { digestOf } from './files.ts';
import { findOrgan, getOrgans } from './organs.ts';
import { defineInput, recordRead, remembered, withoutRecording } from './reads.ts';

/**
 * What a demonstration has to say of a page: all lists were written for it; so was the one the page is about; that one was
 * imported, and its organ did not publish it here; or there are lists of both kinds.
 */
export type SampleNotice = 'all-written' | 'written' | 'imported' | 'both';

/** @param list key of the organ or negative list that the page is about */
export function sampleNotice(list?: string): SampleNotice {
  recordRead('sample-lists');
  if (withoutRecording(readSamples).all) return 'all-written';
  if (list === undefined) return 'both';
  return isSample(list) ? 'written' : 'imported';
}

const readSamples = remembered(() => ({
  all:
    getOrgans().every(({ organ }) => organ.sample === true) &&
    getNegativeLists().every((record) => record.list.sample === true),
}));

function isSample(list: string): boolean {
  const organ = findOrgan(list);
  if (organ !== undefined) return organ.organ.sample === true;
  return getNegativeLists().find(({ key }) => key === list)?.list.sample === true;
}

defineInput('sample-lists', () => ({ digest: digestOf(JSON.stringify(readSamples())) }));
