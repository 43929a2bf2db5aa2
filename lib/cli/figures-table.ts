/** The six figures under their wire names. Amounts in whatever unit the reader of the table formats. */
export interface Figures {
  readonly montantOperateur: number;
  readonly montantCinetpay: number;
  readonly diffMontant: number;
  readonly countOperator: number;
  readonly countCinetpay: number;
  readonly diffCount: number;
}

interface BridgeFigure {
  readonly montant: number;
  readonly nombre: number;
}

const CLASS_LABELS = {
  correspondent: '  Correspondants',
  not_correspondent: '  Sans correspondant',
  doublon_operateur: '  Doublons opérateur',
  montant_different: '  Montants différents',
  doublon_cinetpay: '  Doublons CinetPay',
  absent_operateur: "  Absents de l'opérateur",
} as const;

/** The bridge under its wire names. */
export type BridgeFigures = Readonly<Record<keyof typeof CLASS_LABELS, BridgeFigure>> & { readonly residu: number; readonly residuNombre: number };

const LABEL_WIDTH = 36;
const FIGURE_WIDTH = 20;
const COUNT_WIDTH = 12;

/** The six figures as lines of a table. @param money how an amount is written */
export function figuresTable(figures: Figures, money: (amount: number) => string): readonly string[] {
  return [
    heading('', 'Montant', 'Nombre'),
    row('Opérateur', money(figures.montantOperateur), figures.countOperator),
    row('CinetPay', money(figures.montantCinetpay), figures.countCinetpay),
    row('Différence', money(figures.diffMontant), figures.diffCount),
  ];
}

/** What explains the difference, as lines of the same table. */
export function bridgeTable({ residu, residuNombre, ...classes }: BridgeFigures, money: (amount: number) => string): readonly string[] {
  const lines = CLASS_NAMES.map((name) => row(CLASS_LABELS[name], money(classes[name].montant), classes[name].nombre));
  return ['Passage : ce qui explique la différence', ...lines, row('  Résidu', money(residu), residuNombre)];
}

const CLASS_NAMES = [
  'correspondent',
  'not_correspondent',
  'doublon_operateur',
  'montant_different',
  'doublon_cinetpay',
  'absent_operateur',
] as const satisfies readonly (keyof typeof CLASS_LABELS)[];

function row(label: string, figure: string, count: number): string {
  return heading(label, figure, grouped(String(count)));
}

function heading(label: string, figure: string, count: string): string {
  return label.padEnd(LABEL_WIDTH) + figure.padStart(FIGURE_WIDTH) + count.padStart(COUNT_WIDTH);
}

/** Thousands apart by a blank, as French writes them; the decimal mark becomes a comma. */
export function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  return whole.replace(/\B(?=(\d{3})+$)/gu, ' ') + (fraction === undefined ? '' : `,${fraction}`);
}
