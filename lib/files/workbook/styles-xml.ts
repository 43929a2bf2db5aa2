import { CELL_STYLES, type CellStyle } from './cell.ts';
import { XML_HEAD } from './xml-head.ts';

const FONTS = { normal: 0, white: 1, title: 2, bold: 3, note: 4 } as const;
const FILLS = { none: 0, header: 2 } as const;
const BORDERS = { none: 0, top: 1, thin: 2 } as const;
const MOMENT_FORMAT = 164;
/** Numbers of formats that every program knows. */
const FORMATS = { general: 0, integer: 1, amount: 3, cents: 4, text: 49, moment: MOMENT_FORMAT } as const;

interface Look {
  readonly format: keyof typeof FORMATS;
  readonly font?: keyof typeof FONTS;
  readonly fill?: keyof typeof FILLS;
  readonly border?: keyof typeof BORDERS;
  readonly wrap?: true;
  readonly indented?: true;
}

const LOOKS = {
  plain: { format: 'general' },
  // A number ends where the text beside it begins.
  text: { format: 'text', indented: true },
  integer: { format: 'integer' },
  amount: { format: 'amount' },
  cents: { format: 'cents' },
  moment: { format: 'moment' },
  header: { format: 'text', font: 'white', fill: 'header', wrap: true },
  title: { format: 'text', font: 'title' },
  label: { format: 'text', font: 'bold' },
  note: { format: 'text', font: 'note' },
  'total-integer': { format: 'amount', font: 'bold', border: 'top' },
  'total-amount': { format: 'amount', font: 'bold', border: 'top' },
  'total-cents': { format: 'cents', font: 'bold', border: 'top' },
} as const satisfies Record<CellStyle, Look>;

const FONT = '<name val="Calibri"/><family val="2"/>';

/** `xl/styles.xml`: a cell's style is its place in CELL_STYLES. */
export function stylesXml(): string {
  return `${XML_HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="1"><numFmt numFmtId="${MOMENT_FORMAT}" formatCode="dd/mm/yyyy\\ hh:mm:ss"/></numFmts>
<fonts count="5"><font><sz val="11"/>${FONT}</font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/>${FONT}</font><font><b/><sz val="16"/>${FONT}</font><font><b/><sz val="11"/>${FONT}</font><font><i/><sz val="10"/><color rgb="FF595959"/>${FONT}</font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF1F4E5F"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="3"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top style="thin"><color auto="1"/></top><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="${CELL_STYLES.length}">${CELL_STYLES.map((style) => lookXml(LOOKS[style])).join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;
}

function lookXml({ format, font = 'normal', fill = 'none', border = 'none', wrap, indented }: Look): string {
  const look = `numFmtId="${FORMATS[format]}" fontId="${FONTS[font]}" fillId="${FILLS[fill]}" borderId="${BORDERS[border]}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"`;
  if (indented) return `<xf ${look} applyAlignment="1"><alignment horizontal="left" indent="1"/></xf>`;
  return wrap ? `<xf ${look} applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` : `<xf ${look}/>`;
}
