import { crc32, inflateRawSync } from 'node:zlib';
import { ListFileError, markSourceFile, readSourceFile } from '@mandate/list-files';
import { useNativeBytes, WorkbookError } from '@mandate/workbook';
import { serveJobs } from '../runtime/serve-jobs.ts';
import { partsOf, type ReadingJobs } from './reading.ts';

useNativeBytes({
  crc32,
  inflateRawSync,
  binaryText: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
});

serveJobs(
  {
    read: (input) => {
      // FileReaderService gives what the job is declared to take.
      const { file, limits, options, remembered } = input as ReadingJobs['read'];
      return partsOf(readSourceFile(file.name, file.bytes, { limits, options, remembered }));
    },
    mark: (input) => {
      // As above.
      const { file, limits, errors } = input as ReadingJobs['mark'];
      return [markSourceFile(file.bytes, errors, limits)];
    },
  },
  (error) => error instanceof WorkbookError || error instanceof ListFileError,
);
