import { utils, write } from 'xlsx';

/** Row objects as the bytes of an xlsx workbook of one sheet. */
export function workbookOf(rows: readonly object[]): Buffer {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.json_to_sheet([...rows]), 'Relevé');
  const bytes: unknown = write(book, { type: 'buffer', bookType: 'xlsx', compression: true });
  if (!Buffer.isBuffer(bytes)) throw new TypeError('the workbook was not written as bytes');
  return bytes;
}
