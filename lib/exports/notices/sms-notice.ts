import { amountText, MINOR_DIGITS } from '../../core/money.ts';
import { frenchNumber } from '../french-number.ts';
import { type NoticeSubject, oneLine, WHAT_HAPPENED } from './notice-subject.ts';

/** One SMS of the letters that networks have without switching to 70 a message. */
const LONGEST = 160;
/** A subscriber's number in any spelling has at least this many digits. */
const NUMBER = /\+?\d(?:[ .\-()]{0,2}\d){7,}/gu;

/** The SMS of a notice: it may be read on a locked screen, so that no number of a person stands in it. */
export function smsNotice({ tache }: NoticeSubject): string {
  const head = `Rapprochement ${tache.id} (${tache.operatorCode}) ${WHAT_HAPPENED[tache.state]}`;
  const totals = tache.validation?.result?.totals ?? tache.outcome?.totals;
  if (tache.state === 'ECHEC' || totals === undefined) return cut(`${head} : ${withoutNumbers(oneLine(tache.description))}`);
  const shown = (minor: number) => frenchNumber(amountText(minor, MINOR_DIGITS[tache.currency]), ' ');
  const { operatorAmount, ledgerAmount, amountDifference, countDifference } = totals;
  return cut(`${head} : ${shown(operatorAmount)} - ${shown(ledgerAmount)} = ${shown(amountDifference)} ${tache.currency}, ${countDifference} ligne(s) d'écart`);
}

function withoutNumbers(text: string): string {
  return text.replace(NUMBER, (number) => `****${number.slice(-2)}`).replaceAll('’', "'");
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}...`;
}
