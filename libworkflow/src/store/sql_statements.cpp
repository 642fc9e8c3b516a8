#include "store/sql_statements.hpp"

namespace workflow::store {

const char* sql_text(Sql statement) {
    switch (statement) {
        case Sql::instance_get:
            return "SELECT revision, body FROM instances WHERE id = $1";
        case Sql::instance_insert:
            return "INSERT INTO instances (id, revision, body) VALUES ($1, $2, $3)"
                   " ON CONFLICT DO NOTHING";
        case Sql::instance_update:
            return "UPDATE instances SET revision = $1, body = $2 WHERE id = $3 AND revision = $4";
        case Sql::instance_list:
            return "SELECT id FROM instances WHERE id > $1 ORDER BY id LIMIT $2";
        case Sql::history_insert:
            return "INSERT INTO history (instance, revision, request, body)"
                   " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        case Sql::history_has:
            return "SELECT revision FROM history WHERE instance = $1 AND revision = $2";
        case Sql::history_list:
            return "SELECT revision, body, request FROM history"
                   " WHERE instance = $1 AND revision > $2"
                   " ORDER BY revision LIMIT $3";
        case Sql::history_last:
            return "SELECT revision, body, request FROM history WHERE instance = $1"
                   " ORDER BY revision DESC LIMIT 1";
        case Sql::instance_delete:
            return "DELETE FROM instances WHERE id = $1";
        case Sql::history_delete:
            return "DELETE FROM history WHERE instance = $1";
        case Sql::secrets_delete:
            return "DELETE FROM secrets WHERE instance = $1";
        case Sql::request_get:
            return "SELECT revision FROM history WHERE instance = $1 AND request = $2"
                   " AND request <> '' ORDER BY revision LIMIT 1";
        case Sql::change_list:
            // $1: the transaction, which only PostgreSQL asks for.
            return "SELECT 0, rowid, instance, revision FROM history WHERE $1 = $1 AND rowid > $2"
                   " ORDER BY rowid LIMIT $3";
        case Sql::due_insert:
            return "INSERT INTO due (due, instance, ordinal, timer) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT DO NOTHING";
        case Sql::due_delete:
            return "DELETE FROM due WHERE due = $1 AND instance = $2 AND ordinal = $3"
                   " AND timer = $4";
        case Sql::due_list:
            return "SELECT due, instance, ordinal, timer FROM due WHERE due <= $1"
                   " AND (due, instance, ordinal, timer) > ($2, $3, $4, $5)"
                   " ORDER BY due, instance, ordinal, timer LIMIT $6";
        case Sql::due_next:
            return "SELECT due, instance, ordinal, timer FROM due"
                   " ORDER BY due, instance, ordinal, timer LIMIT 1";
        case Sql::due_get:
            return "SELECT timer FROM due WHERE due = $1 AND instance = $2 AND ordinal = $3"
                   " AND timer = $4";
        case Sql::work_insert:
            return "INSERT INTO work (role, state, unit, due, instance, ordinal, counted)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)"
                   " ON CONFLICT DO NOTHING";
        case Sql::work_delete:
            return "DELETE FROM work WHERE role = $1 AND state = $2 AND unit = $3 AND due = $4"
                   " AND instance = $5 AND ordinal = $6";
        case Sql::work_list:
            return "SELECT due, instance, ordinal, counted FROM work WHERE role = $1"
                   " AND state = $2 AND unit = $3 AND (due, instance, ordinal) > ($4, $5, $6)"
                   " ORDER BY due, instance, ordinal LIMIT $7";
        // From one to the next, without looking at the rows of each.
        case Sql::work_roles:
            return "WITH RECURSIVE met (role) AS (SELECT lowest.role FROM"
                   " (SELECT role FROM work ORDER BY role LIMIT 1) AS lowest"
                   " UNION ALL SELECT (SELECT work.role FROM work WHERE work.role > met.role"
                   " ORDER BY work.role LIMIT 1) FROM met WHERE met.role IS NOT NULL)"
                   " SELECT role FROM met WHERE role IS NOT NULL";
        case Sql::work_states:
            return "WITH RECURSIVE met (state) AS (SELECT lowest.state FROM"
                   " (SELECT state FROM work WHERE role = $1 ORDER BY state LIMIT 1) AS lowest"
                   " UNION ALL SELECT (SELECT work.state FROM work WHERE work.role = $1"
                   " AND work.state > met.state ORDER BY work.state LIMIT 1) FROM met"
                   " WHERE met.state IS NOT NULL)"
                   " SELECT state FROM met WHERE state IS NOT NULL";
        case Sql::standing_list:
            return "SELECT unit, due, instance, ordinal FROM work WHERE role = $1 AND state = $2"
                   " AND (unit, due, instance, ordinal) > ($3, $4, $5, $6) AND counted = 1"
                   " ORDER BY unit, due, instance, ordinal LIMIT $7";
        case Sql::standing_count:
            return "SELECT state, unit, count(*), sum(CASE WHEN due < $1 THEN 1 ELSE 0 END)"
                   " FROM work WHERE role = $2 AND state >= $3 AND state < $4 AND counted = 1"
                   " GROUP BY state, unit ORDER BY state, unit";
        case Sql::active_put:
            return "INSERT INTO active (procedure, unit, received, instance, due)"
                   " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (procedure, unit, received, instance)"
                   " DO UPDATE SET due = excluded.due";
        case Sql::active_delete:
            return "DELETE FROM active WHERE procedure = $1 AND unit = $2 AND received = $3"
                   " AND instance = $4";
        case Sql::active_list:
            return "SELECT unit, received, instance, due FROM active WHERE procedure = $1"
                   " AND (unit, received, instance) > ($2, $3, $4)"
                   " ORDER BY unit, received, instance LIMIT $5";
        case Sql::active_count:
            return "SELECT unit,"
                   " sum(CASE WHEN received >= $1 AND received < $2 THEN 1 ELSE 0 END),"
                   " sum(CASE WHEN received < $1 THEN 1 ELSE 0 END),"
                   " sum(CASE WHEN received < $2 AND due < $3 THEN 1 ELSE 0 END)"
                   " FROM active WHERE procedure = $4 GROUP BY unit ORDER BY unit";
        case Sql::closed_put:
            return "INSERT INTO closed (procedure, outcome, closed, instance, unit, received, result,"
                   " days) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                   " ON CONFLICT (procedure, outcome, closed, instance) DO UPDATE SET"
                   " unit = excluded.unit, received = excluded.received,"
                   " result = excluded.result, days = excluded.days";
        case Sql::closed_list:
            return "SELECT closed, instance, unit, received, result, days FROM closed"
                   " WHERE procedure = $1 AND outcome = $2 AND (closed, instance) > ($3, $4)"
                   " ORDER BY closed, instance LIMIT $5";
        case Sql::closed_outcomes:
            return "WITH RECURSIVE met (outcome) AS (SELECT lowest.outcome FROM"
                   " (SELECT outcome FROM closed WHERE procedure = $1 ORDER BY outcome LIMIT 1)"
                   " AS lowest UNION ALL SELECT (SELECT closed.outcome FROM closed"
                   " WHERE closed.procedure = $1 AND closed.outcome > met.outcome"
                   " ORDER BY closed.outcome LIMIT 1) FROM met WHERE met.outcome IS NOT NULL)"
                   " SELECT outcome FROM met WHERE outcome IS NOT NULL";
        case Sql::closed_count:
            return "SELECT unit, result,"
                   " sum(CASE WHEN received >= $1 AND received < $2 THEN 1 ELSE 0 END),"
                   " sum(CASE WHEN received < $1 THEN 1 ELSE 0 END),"
                   " sum(CASE WHEN closed < $2 THEN 1 ELSE 0 END),"
                   " CAST(sum(CASE WHEN closed < $2 THEN days ELSE 0 END) AS bigint)"
                   " FROM closed WHERE procedure = $3 AND outcome = $4 AND closed >= $1"
                   " GROUP BY unit, result ORDER BY unit, result";
        case Sql::field_insert:
            return "INSERT INTO fields (procedure, field, value, instance) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT DO NOTHING";
        case Sql::field_delete:
            return "DELETE FROM fields WHERE procedure = $1 AND field = $2 AND value = $3"
                   " AND instance = $4";
        case Sql::field_list:
            return "SELECT instance FROM fields WHERE procedure = $1 AND field = $2 AND value = $3"
                   " AND instance > $4 ORDER BY instance LIMIT $5";
        case Sql::delegation_put:
            return "INSERT INTO delegations (delegate, delegator, since, until, body)"
                   " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (delegate, delegator, since)"
                   " DO UPDATE SET until = excluded.until, body = excluded.body";
        case Sql::delegation_of:
            return "SELECT delegate, delegator, since, until, body FROM delegations"
                   " WHERE delegate = $1 ORDER BY delegate, delegator, since";
        case Sql::delegation_list:
            return "SELECT delegate, delegator, since, until, body FROM delegations"
                   " WHERE (delegate, delegator, since) > ($1, $2, $3)"
                   " ORDER BY delegate, delegator, since LIMIT $4";
        case Sql::incident_insert:
            return "INSERT INTO incidents (since, instance, ordinal) VALUES ($1, $2, $3)"
                   " ON CONFLICT DO NOTHING";
        case Sql::incident_delete:
            return "DELETE FROM incidents WHERE since = $1 AND instance = $2 AND ordinal = $3";
        case Sql::incident_list:
            return "SELECT since, instance, ordinal FROM incidents"
                   " WHERE (since, instance, ordinal) > ($1, $2, $3)"
                   " ORDER BY since, instance, ordinal LIMIT $4";
        case Sql::subscription_insert:
            return "INSERT INTO subscriptions (message, key, since, instance, ordinal)"
                   " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        case Sql::subscription_delete:
            return "DELETE FROM subscriptions WHERE message = $1 AND key = $2 AND since = $3"
                   " AND instance = $4 AND ordinal = $5";
        case Sql::subscription_list:
            return "SELECT since, instance, ordinal FROM subscriptions WHERE message = $1"
                   " AND key = $2 AND (since, instance, ordinal) > ($3, $4, $5)"
                   " ORDER BY since, instance, ordinal LIMIT $6";
        case Sql::message_insert:
            return "INSERT INTO messages (message, key, number, body) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT DO NOTHING";
        case Sql::message_delete:
            return "DELETE FROM messages WHERE message = $1 AND key = $2 AND number = $3";
        case Sql::message_list:
            return "SELECT number, body FROM messages WHERE message = $1 AND key = $2"
                   " ORDER BY number LIMIT $3";
        case Sql::message_all:
            return "SELECT message, key, number, body FROM messages"
                   " WHERE (message, key, number) > ($1, $2, $3)"
                   " ORDER BY message, key, number LIMIT $4";
        case Sql::dispatch_put:
            return "INSERT INTO dispatches (instance, revision, number, body, trace)"
                   " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (instance, revision, number)"
                   " DO UPDATE SET body = excluded.body, trace = excluded.trace";
        case Sql::dispatch_delete:
            return "DELETE FROM dispatches WHERE instance = $1 AND revision = $2 AND number = $3";
        case Sql::dispatch_list:
            return "SELECT revision, number, body, trace FROM dispatches WHERE instance = $1"
                   " ORDER BY revision, number LIMIT $2";
        case Sql::effect_put:
            return "INSERT INTO effects (at, instance, revision, number, tries, body, trace)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)"
                   " ON CONFLICT (at, instance, revision, number) DO UPDATE SET"
                   " tries = excluded.tries, body = excluded.body, trace = excluded.trace";
        case Sql::effect_delete:
            return "DELETE FROM effects WHERE at = $1 AND instance = $2 AND revision = $3"
                   " AND number = $4";
        case Sql::effect_move:
            return "UPDATE effects SET at = $1, tries = $2 WHERE at = $3 AND instance = $4"
                   " AND revision = $5 AND number = $6";
        case Sql::effect_list:
            return "SELECT at, instance, revision, number, tries, body, trace FROM effects WHERE at <= $1"
                   " AND (at, instance, revision, number) > ($2, $3, $4, $5)"
                   " ORDER BY at, instance, revision, number LIMIT $6";
        case Sql::definition_insert:
            return "INSERT INTO definitions (kind, id, version, digest, body)"
                   " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
        case Sql::definition_get:
            return "SELECT digest, body FROM definitions WHERE kind = $1 AND id = $2"
                   " AND version = $3";
        case Sql::definition_list:
            return "SELECT kind, id, version, digest, body FROM definitions"
                   " ORDER BY kind, id, version";
        case Sql::secret_put:
            return "INSERT INTO secrets (instance, digest, body) VALUES ($1, $2, $3)"
                   " ON CONFLICT (instance, digest) DO UPDATE SET body = excluded.body";
        case Sql::secret_delete:
            return "DELETE FROM secrets WHERE instance = $1 AND digest = $2";
        case Sql::secret_list:
            return "SELECT digest, body FROM secrets WHERE instance = $1 ORDER BY digest";
    }
    return "";
}

}  // namespace workflow::store
