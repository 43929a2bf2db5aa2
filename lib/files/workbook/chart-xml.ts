import { escapedText } from './cell-xml.ts';
import { XML_HEAD } from './xml-head.ts';

/** A bar chart of one column of numbers. */
export interface BarChart {
  readonly title: string;
  /** Name of the sheet that holds the numbers and the chart. */
  readonly sheet: string;
  /** 1-based first row of the values. */
  readonly firstRow: number;
  /** Columns by letter. */
  readonly labelColumn: string;
  readonly valueColumn: string;
  /** What the cells hold, for programs that do not calculate. */
  readonly bars: readonly { readonly label: string; readonly digits: string }[];
  readonly format: '#,##0' | '#,##0.00';
  /** 0-based cell corners. */
  readonly from: { readonly column: number; readonly row: number };
  readonly to: { readonly column: number; readonly row: number };
}

/** `xl/charts/chart1.xml` */
export function chartXml({ title, sheet, firstRow, labelColumn, valueColumn, bars, format }: BarChart): string {
  const range = (column: string) => `${quotedSheet(sheet)}!$${column}$${firstRow}:$${column}$${firstRow + bars.length - 1}`;
  const points = (values: readonly string[]) => values.map((value, index) => `<c:pt idx="${index}"><c:v>${escapedText(value)}</c:v></c:pt>`).join('');
  return `${XML_HEAD}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<c:roundedCorners val="0"/>
<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="fr-FR" sz="1200" b="1"/><a:t>${escapedText(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>
<c:autoTitleDeleted val="0"/>
<c:plotArea><c:layout/>
<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>
<c:ser><c:idx val="0"/><c:order val="0"/><c:spPr><a:solidFill><a:srgbClr val="1F4E5F"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>
<c:dLbls><c:numFmt formatCode="${format}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
<c:cat><c:strRef><c:f>${escapedText(range(labelColumn))}</c:f><c:strCache><c:ptCount val="${bars.length}"/>${points(bars.map(({ label }) => label))}</c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>${escapedText(range(valueColumn))}</c:f><c:numCache><c:formatCode>${format}</c:formatCode><c:ptCount val="${bars.length}"/>${points(bars.map(({ digits }) => digits))}</c:numCache></c:numRef></c:val>
</c:ser><c:gapWidth val="60"/><c:axId val="111111111"/><c:axId val="222222222"/></c:barChart>
<c:catAx><c:axId val="111111111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="222222222"/><c:crosses val="autoZero"/></c:catAx>
<c:valAx><c:axId val="222222222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="${format}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111111111"/><c:crosses val="max"/></c:valAx>
</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>
</c:chartSpace>`;
}

/** `xl/drawings/drawing1.xml`: where the chart stands. */
export function drawingXml({ title, from, to }: BarChart): string {
  const corner = (name: string, { column, row }: BarChart['from']) =>
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
  return `${XML_HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<xdr:twoCellAnchor>${corner('from', from)}${corner('to', to)}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Graphique 1" descr="${escapedText(title)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`;
}

function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
