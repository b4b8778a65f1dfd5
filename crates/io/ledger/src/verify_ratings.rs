//! Verifying the tables `rating` and `follow_up` against the facts from which they were worked out. Of a case that was erased
//! the offers, the refusals and the number of answers are still compared; what was answered is gone with its fact.

use rusqlite::Connection;

use crate::error::{Doing, LedgerError};

const DOING: &str = "verify the ratings";

/// Each selects the names of rows that should not be there, and what is said of one.
const CHECKS: [(&str, &str); 6] = [
    (
        "SELECT coalesce(r.case_id || '/' || r.point, f.case_id || '/' || f.point)
         FROM rating r
         FULL JOIN (SELECT case_id, body ->> 'point' AS point, at, actor FROM fact
                    WHERE kind = 'rating_offered' AND body ->> 'point' IS NOT NULL) f
           ON f.case_id = r.case_id AND f.point = r.point AND f.at = r.offered_at AND f.actor = r.present
         WHERE r.case_id IS NULL OR f.case_id IS NULL",
        "rating: it was not offered so",
    ),
    (
        // A duplicate and a correction are counted, and change nothing else of the row.
        "SELECT r.case_id || '/' || r.point FROM rating r
         LEFT JOIN (SELECT case_id, at, body ->> 'point' AS point, body ->> 'by' AS rater,
                           CASE kind WHEN 'rating_given' THEN 'given' ELSE 'declined' END AS outcome,
                           row_number() OVER (PARTITION BY case_id, body ->> 'point' ORDER BY seq DESC) AS back
                    FROM fact WHERE kind IN ('rating_given', 'rating_declined')
                      AND coalesce(body ->> '$.again.how', 'after_declining') = 'after_declining') s
           ON s.case_id = r.case_id AND s.point = r.point AND s.back = 1
         WHERE r.case_id NOT IN (SELECT case_id FROM erasure)
           AND (r.outcome IS NOT s.outcome OR r.answered_at IS NOT s.at OR r.rater IS NOT s.rater)",
        "rating: its answer is not the one on record",
    ),
    (
        "SELECT r.case_id FROM (SELECT case_id, sum(answers) AS n FROM rating GROUP BY case_id) r
         WHERE r.n <> (SELECT count(*) FROM fact f
                       WHERE f.case_id = r.case_id AND f.kind IN ('rating_given', 'rating_declined'))",
        "ratings: not as many answers as are on record",
    ),
    (
        "SELECT r.case_id || '/' || r.point FROM rating r
         WHERE r.case_id IN (SELECT case_id FROM erasure) AND r.outcome IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM fact f WHERE f.case_id = r.case_id AND f.at = r.answered_at
             AND f.kind = CASE r.outcome WHEN 'given' THEN 'rating_given' ELSE 'rating_declined' END)",
        "rating: its answer is not the one on record",
    ),
    (
        // Of a case that was erased the fact is there, and does not say any more what was promised.
        "SELECT coalesce(u.case_id || '/' || u.seq, f.case_id || '/' || f.seq)
         FROM follow_up u
         FULL JOIN (SELECT case_id, seq, at, body ->> '$.follow_up.days' AS days, body ->> '$.follow_up.due' AS due
                    FROM fact WHERE kind = 'rating_given'
                      AND (body ->> '$.follow_up' IS NOT NULL
                           OR case_id IN (SELECT case_id FROM erasure))) f
           ON f.case_id = u.case_id AND f.seq = u.seq
         WHERE (u.case_id IS NULL AND f.case_id NOT IN (SELECT case_id FROM erasure))
            OR (u.case_id IS NOT NULL AND (f.case_id IS NULL OR f.at <> u.opened_at))
            OR (u.case_id NOT IN (SELECT case_id FROM erasure) AND (f.days IS NOT u.days OR f.due IS NOT u.due))",
        "follow-up: fact and table differ",
    ),
    (
        "SELECT coalesce(u.case_id || '/' || u.seq, s.case_id || '/' || s.rated)
         FROM (SELECT case_id, seq, settlement FROM follow_up WHERE settlement IS NOT NULL) u
         FULL JOIN (SELECT seq, body ->> '$.settled.case' AS case_id, body ->> '$.settled.seq' AS rated
                    FROM station_fact WHERE kind = 'follow_up_settled') s
           ON s.seq = u.settlement AND s.case_id = u.case_id AND s.rated = u.seq
         WHERE u.case_id IS NULL OR s.case_id IS NULL",
        "follow-up: what came of it is not what is on record",
    ),
];

/// Checks them; what is wrong goes to `problems`, by case, and never with what was said.
pub(crate) fn check(connection: &Connection, problems: &mut Vec<String>) -> Result<(), LedgerError> {
    for (sql, what) in CHECKS {
        let mut select = connection.prepare(sql).doing(DOING)?;
        let names: Vec<String> = select.query_map([], |row| row.get(0)).and_then(Iterator::collect).doing(DOING)?;
        problems.extend(names.into_iter().map(|name| format!("{what}: {name}")));
    }
    Ok(())
}
