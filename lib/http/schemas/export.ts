import * as z from 'zod';
import { EXPORT_FORMATS } from '../../core/export-format.ts';
import { LINK_SECONDS } from '../../use-cases/request-export.ts';
import { optionalFilter } from './paging.ts';

export const exportQuery = z.object({
  format: z.enum(EXPORT_FORMATS, { error: `L'un de ces formats est attendu : ${EXPORT_FORMATS.join(', ')}.` }).default('xlsx'),
  /** `1`: the answer leads straight to the file. */
  redirect: optionalFilter(z.enum(['0', '1'])),
});

/** Where the export is to be fetched, without a token, for so many seconds. */
export const exportAnswer = z.object({ url: z.url(), expires_in: z.literal(LINK_SECONDS), fileName: z.string() });

/** The export is being made: ask again in so many seconds. */
export const exportPending = z.object({ detail: z.string(), retry_after: z.int() });
