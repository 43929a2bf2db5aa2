/**
 * What DuckDB is asked: the classes that need no phone, from the same two files, in the way it does them fastest. It reads the columns with
 * their types, drops empty references, numbers the rows of each reference, joins first with first, and counts the classes with their sums.
 *
 * What it leaves out: correspondents (phones of several spellings, closest in time, ambiguity), so that its `reste` is what we divide into
 * correspondents and unexplained; amounts that are not spelled plainly; bad rows and their reasons; the account; the list of exceptions.
 */
export const FULL_OUTER_JOIN = `
WITH statement AS (
  SELECT amount, nth, CASE WHEN nth = 1 THEN payid END AS key
  FROM (
    SELECT payid, amount, CASE WHEN payid IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY payid ORDER BY time, amount, number) END AS nth
    FROM (
      SELECT "Date" + "Heure" AS time,
        CASE WHEN trim("Référence") NOT IN ('', '-') AND upper(trim("Référence")) <> 'NULL' THEN trim("Référence") END AS payid,
        try_cast("Crédit" AS BIGINT) AS amount,
        row_number() OVER () AS number
      FROM read_csv($statement, header = true, delim = ',', quote = '"', dateformat = '%d/%m/%Y', columns = {
        'Date': 'DATE', 'Heure': 'TIME', 'Référence': 'VARCHAR', 'Statut': 'VARCHAR', 'Crédit': 'VARCHAR', 'Compte OM': 'VARCHAR', 'Correspondant': 'VARCHAR'
      })
    )
    WHERE amount IS NOT NULL
  )
), ledger AS (
  SELECT created, amount, id, nth, CASE WHEN nth = 1 THEN payid END AS key
  FROM (
    SELECT created, payid, amount, id, CASE WHEN payid IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY payid ORDER BY created, id) END AS nth
    FROM (
      SELECT created_at AS created,
        CASE WHEN trim(cpm_payid) NOT IN ('', '-') AND upper(trim(cpm_payid)) <> 'NULL' THEN trim(cpm_payid) END AS payid,
        cpm_amount AS amount,
        cpm_trans_id AS id
      FROM read_csv($ledger, header = true, delim = ',', quote = '"', columns = {
        'created_at': 'TIMESTAMP', 'cpm_payment_date': 'VARCHAR', 'marchand': 'VARCHAR', 'EmailMarchand': 'VARCHAR', 'NomDuService': 'VARCHAR', 'cpm_trans_id': 'VARCHAR',
        'cpm_site_id': 'VARCHAR', 'cpm_amount': 'BIGINT', 'cpm_currency': 'VARCHAR', 'payment_method': 'VARCHAR', 'cel_phone_num': 'VARCHAR', 'cpm_trans_status': 'VARCHAR',
        'cpm_payid': 'VARCHAR', 'cpm_custom': 'VARCHAR'
      })
      WHERE payment_method = 'OM' AND NOT (marchand = 'ONECI - RNPP') AND upper(trim(cpm_trans_status)) IN ('SUCCES', 'SUCCESS', 'ACCEPTED')
        AND created_at >= CAST($from AS TIMESTAMP) - INTERVAL 60 MINUTE AND created_at < CAST($until AS TIMESTAMP) + INTERVAL 61 MINUTE
    )
  )
)
SELECT class, count(*) AS n, sum(operator) AS operator, sum(cinetpay) AS cinetpay
FROM (
  SELECT CASE
      WHEN statement.nth > 1 THEN 'doublon_operateur'
      WHEN statement.nth IS NULL AND NOT (ledger.created >= CAST($from AS TIMESTAMP) AND ledger.created < CAST($until AS TIMESTAMP) + INTERVAL 1 MINUTE) THEN 'hors_periode'
      WHEN statement.nth IS NULL AND ledger.nth > 1 THEN 'doublon_cinetpay'
      WHEN statement.nth IS NULL THEN 'absent_operateur'
      WHEN ledger.id IS NULL THEN 'reste'
      WHEN statement.amount = ledger.amount THEN 'rapproche'
      ELSE 'montant_different'
    END AS class, statement.amount AS operator, ledger.amount AS cinetpay
  FROM statement FULL OUTER JOIN ledger ON statement.key = ledger.key
)
GROUP BY class
`;
