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
                   " SELECT $1, $2, $3, $4 WHERE NOT EXISTS"
                   " (SELECT 1 FROM history WHERE instance = $1 AND revision = $2)";
        case Sql::history_list:
            return "SELECT revision, body, request FROM history"
                   " WHERE instance = $1 AND revision > $2"
                   " ORDER BY revision LIMIT $3";
        case Sql::history_last:
            return "SELECT revision, body, request FROM history WHERE instance = $1"
                   " ORDER BY revision DESC LIMIT 1";
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
            return "INSERT INTO work (role, unit, due, instance, ordinal)"
                   " VALUES ($1, $2, $3, $4, $5)"
                   " ON CONFLICT DO NOTHING";
        case Sql::work_delete:
            return "DELETE FROM work WHERE role = $1 AND unit = $2 AND due = $3 AND instance = $4"
                   " AND ordinal = $5";
        case Sql::work_list:
            return "SELECT due, instance, ordinal FROM work WHERE role = $1 AND unit = $2"
                   " AND (due, instance, ordinal) > ($3, $4, $5)"
                   " ORDER BY due, instance, ordinal LIMIT $6";
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
        case Sql::dispatch_put:
            return "INSERT INTO dispatches (instance, revision, number, body)"
                   " VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (instance, revision, number) DO UPDATE SET body = excluded.body";
        case Sql::dispatch_delete:
            return "DELETE FROM dispatches WHERE instance = $1 AND revision = $2 AND number = $3";
        case Sql::dispatch_list:
            return "SELECT revision, number, body FROM dispatches WHERE instance = $1"
                   " ORDER BY revision, number LIMIT $2";
        case Sql::effect_put:
            return "INSERT INTO effects (at, instance, revision, number, tries, body)"
                   " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (at, instance, revision, number)"
                   " DO UPDATE SET tries = excluded.tries, body = excluded.body";
        case Sql::effect_delete:
            return "DELETE FROM effects WHERE at = $1 AND instance = $2 AND revision = $3"
                   " AND number = $4";
        case Sql::effect_move:
            return "UPDATE effects SET at = $1, tries = $2 WHERE at = $3 AND instance = $4"
                   " AND revision = $5 AND number = $6";
        case Sql::effect_list:
            return "SELECT at, instance, revision, number, tries, body FROM effects WHERE at <= $1"
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
