import type { Attack } from '../victim.ts';
import { cms } from './cms.ts';
import { foreignBuild } from './foreign-build.ts';
import { incrementalSaving } from './incremental-saving.ts';
import { certification, shadow } from './shadow.ts';
import { universalForgery } from './universal-forgery.ts';
import { wrapping } from './wrapping.ts';

/** "Files that must never pass", by family. Made from a freshly signed certificate, so every run tries new bytes. */
export const attacks: Readonly<Record<string, readonly Attack[]>> = {
  'universal forgery': universalForgery,
  'incremental saving': incrementalSaving,
  'signature wrapping': wrapping,
  shadow,
  certification,
  CMS: cms,
  'the organ’s key in other software': foreignBuild,
};
