// Folders are held against each other without specs: a spec may lean on test/support, which leans on everything.
import modules from './.dependency-cruiser.mjs';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle-of-folders',
      comment: 'Two rooms that need each other are one room, or a third is missing.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    ...modules.options,
    exclude: { path: [modules.options.exclude.path, '\\.spec\\.ts$'] },
    cache: false,
  },
};
