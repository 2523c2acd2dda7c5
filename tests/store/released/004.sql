BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'gatewatch','001_first_tables','2026-11-26 14:59:47.799547+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'gatewatch','002_forgetting','2026-11-26 14:59:47.801220+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'gatewatch','003_acknowledging','2026-11-26 14:59:47.802042+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'gatewatch','004_holding','2026-11-26 14:59:47.816576+00:00');
CREATE TABLE acks (
        alert TEXT PRIMARY KEY REFERENCES alerts (id), at TEXT NOT NULL, who TEXT NOT NULL, note TEXT NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "acks" VALUES('8089b61cc06b','2026-11-26T15:00:28.191459+00:00','anna','seen');
CREATE TABLE alerts (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, alert TEXT NOT NULL
    );
INSERT INTO "alerts" VALUES(1,'8089b61cc06b','2026-11-26T15:00:03.105950+00:00','{"id":"8089b61cc06b","story":"fae99fb140b3","kind":"new","rule":"fi-closure","says":"Finland closes a crossing","severity":"critical","at":"2026-11-26T15:00:03.105950Z","title":"The Finnish government decided to close the Vaalimaa and Nuijamaa crossing points from Saturday","quote":"The Finnish government decided to close the Vaalimaa and Nuijamaa crossing points from Saturday","url":"https://news.example/a/1","source":"a","country":"FI","event":"closure_announced","count":null,"language":"en","published":null,"official":false,"facts":["crossings: Vaalimaa, Nuijamaa","border with RU","from 28 November 2026"],"items":["d6d63111d8d5516acc0f"],"confirmation":"one","change":"","known":[],"links":[],"points":[],"about":[]}');
INSERT INTO "alerts" VALUES(2,'80b6fcfe90dd','2026-11-26T15:00:03.105950+00:00','{"id":"80b6fcfe90dd","story":"b6b9e2b57df1","kind":"new","rule":"gatekeyword","says":"A word that the test waits for","severity":"high","at":"2026-11-26T15:00:03.105950Z","title":"Here is gatekeyword0","quote":"Here is gatekeyword0","url":"https://news.example/a/2","source":"a","country":null,"event":null,"count":null,"language":"und","published":null,"official":false,"facts":["words: gatekeyword*"],"items":["b0deed457fe7de40737f"],"confirmation":null,"change":"","known":[],"links":[],"points":[],"about":[]}');
INSERT INTO "alerts" VALUES(3,'9b0fb99b398e','2026-11-26T15:00:03.105950+00:00','{"id":"9b0fb99b398e","story":"313ce41fa0be","kind":"new","rule":"fi-arrivals","says":"Many arrivals in Finland","severity":"high","at":"2026-11-26T15:00:03.105950Z","title":"Vartija: 140 asylum seekers came to Finland on Tuesday","quote":"140 asylum seekers came to Finland on Tuesday","url":"https://news.example/a/3","source":"a","country":"FI","event":null,"count":140,"language":"en","published":null,"official":false,"facts":["140 asylum seekers, day"],"items":["3f822d0f6c4c501057b8"],"confirmation":null,"change":"","known":[],"links":[],"points":[],"about":[]}');
INSERT INTO "alerts" VALUES(4,'3f3063da4a12','2026-11-26T15:00:03.105950+00:00','{"id":"3f3063da4a12","story":"5705dd5c96cc","kind":"new","rule":"digestword","says":"A word for the digest","severity":"low","at":"2026-11-26T15:00:03.105950Z","title":"On the digestword of the week","quote":"On the digestword of the week","url":"https://news.example/a/4","source":"a","country":null,"event":null,"count":null,"language":"und","published":null,"official":false,"facts":["words: digestword"],"items":["130177ab079dbbf77fd6"],"confirmation":null,"change":"","known":[],"links":[],"points":[],"about":[]}');
INSERT INTO "alerts" VALUES(5,'119f81794f22','2026-11-26T15:00:11.045481+00:00','{"id":"119f81794f22","story":"operator-broken","kind":"new","rule":"Gatewatch","says":"source broken","severity":"medium","at":"2026-11-26T15:00:11.045481Z","title":"broken: 3 polls in a row failed, the last because of: the server answered 500 Internal Server Error","quote":"","url":"http://127.0.0.1:8080/broken","source":"Gatewatch","country":null,"event":null,"count":null,"language":"","published":null,"official":false,"facts":["broken"],"items":[],"confirmation":null,"change":"","known":[],"links":[],"points":[],"about":[]}');
CREATE TABLE attempts (
        n INTEGER PRIMARY KEY, delivery INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
        started TEXT, ended TEXT NOT NULL, result TEXT NOT NULL, line TEXT NOT NULL
    );
INSERT INTO "attempts" VALUES(1,1,'2026-11-26T15:00:03.187221+00:00','2026-11-26T15:00:03.261581+00:00','delivered','');
INSERT INTO "attempts" VALUES(2,2,'2026-11-26T15:00:03.187221+00:00','2026-11-26T15:00:03.262901+00:00','pending','later/told.jsonl: File exists');
INSERT INTO "attempts" VALUES(3,3,'2026-11-26T15:00:03.262118+00:00','2026-11-26T15:00:03.274563+00:00','delivered','');
INSERT INTO "attempts" VALUES(4,5,'2026-11-26T15:00:03.274854+00:00','2026-11-26T15:00:03.278784+00:00','delivered','');
INSERT INTO "attempts" VALUES(5,9,'2026-11-26T15:00:11.061490+00:00','2026-11-26T15:00:11.084860+00:00','delivered','');
INSERT INTO "attempts" VALUES(6,2,'2026-11-26T15:00:16.502988+00:00','2026-11-26T15:00:16.529112+00:00','pending','later/told.jsonl: File exists');
CREATE TABLE copies (fingerprint TEXT PRIMARY KEY, item TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "copies" VALUES('67c8287b4618ab1b834e','130177ab079dbbf77fd6','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "copies" VALUES('942d9abdd3cc42bdfdc5','130177ab079dbbf77fd6','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "copies" VALUES('bf069d8af393e21a815e','b0deed457fe7de40737f','2026-11-26T15:00:03.105950+00:00');
CREATE TABLE deliveries (
        id INTEGER PRIMARY KEY, alert TEXT NOT NULL REFERENCES alerts (id), channel TEXT NOT NULL,
        state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_try TEXT NOT NULL,
        claimed TEXT, lease_until TEXT, settled TEXT, last_error TEXT NOT NULL DEFAULT '', cause TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', unless TEXT,
        UNIQUE (alert, channel)
    );
INSERT INTO "deliveries" VALUES(1,'8089b61cc06b','file','delivered',1,'2026-11-26T15:00:03.105950+00:00',NULL,NULL,'2026-11-26T15:00:03.261581+00:00','','','',NULL);
INSERT INTO "deliveries" VALUES(2,'8089b61cc06b','slow','pending',2,'2026-11-26T15:00:46.557196+00:00',NULL,NULL,NULL,'later/told.jsonl: File exists','','',NULL);
INSERT INTO "deliveries" VALUES(3,'80b6fcfe90dd','file','delivered',1,'2026-11-26T15:00:03.105950+00:00',NULL,NULL,'2026-11-26T15:00:03.274563+00:00','','','',NULL);
INSERT INTO "deliveries" VALUES(4,'80b6fcfe90dd','slow','pending',0,'2026-11-26T15:00:03.105950+00:00',NULL,NULL,NULL,'','','',NULL);
INSERT INTO "deliveries" VALUES(5,'9b0fb99b398e','file','delivered',1,'2026-11-26T15:00:03.105950+00:00',NULL,NULL,'2026-11-26T15:00:03.278784+00:00','','','',NULL);
INSERT INTO "deliveries" VALUES(6,'9b0fb99b398e','slow','pending',0,'2026-11-26T15:00:03.105950+00:00',NULL,NULL,NULL,'','','',NULL);
INSERT INTO "deliveries" VALUES(7,'3f3063da4a12','file','held',0,'2026-11-27T08:00:00.000000+00:00',NULL,NULL,NULL,'','digest','for the digest at 08:00',NULL);
INSERT INTO "deliveries" VALUES(8,'3f3063da4a12','slow','held',0,'2026-11-27T08:00:00.000000+00:00',NULL,NULL,NULL,'','digest','for the digest at 08:00',NULL);
INSERT INTO "deliveries" VALUES(9,'119f81794f22','file','delivered',1,'2026-11-26T15:00:11.045481+00:00',NULL,NULL,'2026-11-26T15:00:11.084860+00:00','','','',NULL);
CREATE TABLE items (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, key TEXT NOT NULL,
        url TEXT NOT NULL, title TEXT NOT NULL, summary TEXT NOT NULL, body TEXT NOT NULL,
        published TEXT, seen TEXT, language TEXT, seeded INTEGER NOT NULL
    );
INSERT INTO "items" VALUES(1,'bbfb87b5fbdb5e9afd27','a','1:guid:a-0','https://news.example/a/0','Old news','','',NULL,'2026-11-26T14:59:50.903023+00:00',NULL,1);
INSERT INTO "items" VALUES(2,'8521f501b89b5717f922','b','1:guid:b-0','https://news.example/b/0','Old news of another one','','',NULL,'2026-11-26T14:59:50.984895+00:00',NULL,1);
INSERT INTO "items" VALUES(3,'d6d63111d8d5516acc0f','a','1:guid:a-1','https://news.example/a/1','The Finnish government decided to close the Vaalimaa and Nuijamaa crossing points from Saturday','','',NULL,'2026-11-26T15:00:02.971726+00:00',NULL,0);
INSERT INTO "items" VALUES(4,'b0deed457fe7de40737f','a','1:guid:a-2','https://news.example/a/2','Here is gatekeyword0','','',NULL,'2026-11-26T15:00:02.971726+00:00',NULL,0);
INSERT INTO "items" VALUES(5,'3f822d0f6c4c501057b8','a','1:guid:a-3','https://news.example/a/3','Vartija: 140 asylum seekers came to Finland on Tuesday','','',NULL,'2026-11-26T15:00:02.971726+00:00',NULL,0);
INSERT INTO "items" VALUES(6,'130177ab079dbbf77fd6','a','1:guid:a-4','https://news.example/a/4','On the digestword of the week','','',NULL,'2026-11-26T15:00:02.971726+00:00',NULL,0);
INSERT INTO "items" VALUES(7,'92cf0ee53eac0da0faa7','a','1:guid:a-5','https://news.example/a/5','A draftword','','',NULL,'2026-11-26T15:00:02.971726+00:00',NULL,0);
INSERT INTO "items" VALUES(8,'b1c886d62d907fe39fe4','b','1:guid:b-1','https://news.example/b/1','Finland decides to close the Vaalimaa and Nuijamaa crossing points','','',NULL,'2026-11-26T15:00:03.078094+00:00',NULL,0);
CREATE TABLE matches (
        n INTEGER PRIMARY KEY, item TEXT NOT NULL, rule TEXT NOT NULL, story TEXT REFERENCES stories (id),
        decision TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL, match TEXT NOT NULL
    );
INSERT INTO "matches" VALUES(1,'d6d63111d8d5516acc0f','fi-closure','fae99fb140b3','new','nothing like it is open','2026-11-26T15:00:03.105950+00:00','{"rule":"fi-closure","severity":"critical","item":"d6d63111d8d5516acc0f","event":{"type":"closure_announced","country":"FI","neighbour":"RU","crossings":["Vaalimaa","Nuijamaa"],"scope":"named","since":"2026-11-28","until":null,"background":false,"evidence":{"field":"title","start":0,"end":95},"says":"The Finnish government decided to close the Vaalimaa and Nuijamaa crossing points from Saturday"},"count":null,"words":[],"evidence":[{"field":"title","start":0,"end":95}]}');
INSERT INTO "matches" VALUES(2,'b0deed457fe7de40737f','gatekeyword','b6b9e2b57df1','new','its words match','2026-11-26T15:00:03.105950+00:00','{"rule":"gatekeyword","severity":"high","item":"b0deed457fe7de40737f","event":null,"count":null,"words":["gatekeyword*"],"evidence":[{"field":"title","start":8,"end":20}]}');
INSERT INTO "matches" VALUES(3,'3f822d0f6c4c501057b8','fi-arrivals','313ce41fa0be','new','over the threshold','2026-11-26T15:00:03.105950+00:00','{"rule":"fi-arrivals","severity":"high","item":"3f822d0f6c4c501057b8","event":null,"count":{"country":"FI","value":140,"unit":"asylum_seekers","per":"day","value_max":null,"approximate":false,"period":null,"background":false,"evidence":{"field":"title","start":9,"end":54},"says":"140 asylum seekers came to Finland on Tuesday"},"words":[],"evidence":[{"field":"title","start":9,"end":54}]}');
INSERT INTO "matches" VALUES(4,'130177ab079dbbf77fd6','digestword','5705dd5c96cc','new','its words match','2026-11-26T15:00:03.105950+00:00','{"rule":"digestword","severity":"low","item":"130177ab079dbbf77fd6","event":null,"count":null,"words":["digestword"],"evidence":[{"field":"title","start":7,"end":17}]}');
INSERT INTO "matches" VALUES(5,'92cf0ee53eac0da0faa7','draftword',NULL,'draft','the rule is a draft','2026-11-26T15:00:03.105950+00:00','{"rule":"draftword","severity":"low","item":"92cf0ee53eac0da0faa7","event":null,"count":null,"words":["draftword"],"evidence":[{"field":"title","start":2,"end":11}]}');
INSERT INTO "matches" VALUES(6,'b1c886d62d907fe39fe4','fi-closure','fae99fb140b3','joined','the same decision','2026-11-26T15:00:03.152818+00:00','{"rule":"fi-closure","severity":"critical","item":"b1c886d62d907fe39fe4","event":{"type":"closure_announced","country":"FI","neighbour":"RU","crossings":["Vaalimaa","Nuijamaa"],"scope":"named","since":null,"until":null,"background":false,"evidence":{"field":"title","start":0,"end":66},"says":"Finland decides to close the Vaalimaa and Nuijamaa crossing points"},"count":null,"words":[],"evidence":[{"field":"title","start":0,"end":66}]}');
CREATE TABLE notices (n INTEGER PRIMARY KEY, at TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL);
INSERT INTO "notices" VALUES(1,'2026-11-26T15:00:11.045481+00:00','broken','broken: 3 polls in a row failed, the last because of: the server answered 500 Internal Server Error');
CREATE TABLE readings (
        item TEXT PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE, reading TEXT NOT NULL
    ) WITHOUT ROWID;
INSERT INTO "readings" VALUES('3f822d0f6c4c501057b8','{"language":"en","places":[{"country":"FI","span":{"field":"title","start":36,"end":43},"crossing":null}],"events":[],"counts":[{"country":"FI","value":140,"unit":"asylum_seekers","per":"day","value_max":null,"approximate":false,"period":null,"background":false,"evidence":{"field":"title","start":9,"end":54},"says":"140 asylum seekers came to Finland on Tuesday"}],"cues":[],"steps":[]}');
INSERT INTO "readings" VALUES('b1c886d62d907fe39fe4','{"language":"en","places":[{"country":"FI","span":{"field":"title","start":0,"end":7},"crossing":null},{"country":"FI","span":{"field":"title","start":29,"end":37},"crossing":"Vaalimaa"},{"country":"FI","span":{"field":"title","start":42,"end":50},"crossing":"Nuijamaa"}],"events":[{"type":"closure_announced","country":"FI","neighbour":"RU","crossings":["Vaalimaa","Nuijamaa"],"scope":"named","since":null,"until":null,"background":false,"evidence":{"field":"title","start":0,"end":66},"says":"Finland decides to close the Vaalimaa and Nuijamaa crossing points"}],"counts":[],"cues":[],"steps":[]}');
INSERT INTO "readings" VALUES('d6d63111d8d5516acc0f','{"language":"en","places":[{"country":"FI","span":{"field":"title","start":4,"end":22},"crossing":null},{"country":"FI","span":{"field":"title","start":44,"end":52},"crossing":"Vaalimaa"},{"country":"FI","span":{"field":"title","start":57,"end":65},"crossing":"Nuijamaa"}],"events":[{"type":"closure_announced","country":"FI","neighbour":"RU","crossings":["Vaalimaa","Nuijamaa"],"scope":"named","since":"2026-11-28","until":null,"background":false,"evidence":{"field":"title","start":0,"end":95},"says":"The Finnish government decided to close the Vaalimaa and Nuijamaa crossing points from Saturday"}],"counts":[],"cues":[],"steps":[]}');
CREATE TABLE rule_state (
        rule TEXT PRIMARY KEY, first_seen TEXT NOT NULL, armed INTEGER NOT NULL DEFAULT 1
    ) WITHOUT ROWID;
CREATE TABLE seen (
        source TEXT NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL, first_seen TEXT NOT NULL,
        PRIMARY KEY (source, key)
    ) WITHOUT ROWID;
INSERT INTO "seen" VALUES('a','1:guid:a-0','bbfb87b5fbdb5e9afd27','2026-11-26T14:59:51.005497+00:00');
INSERT INTO "seen" VALUES('a','1:guid:a-1','d6d63111d8d5516acc0f','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "seen" VALUES('a','1:guid:a-2','b0deed457fe7de40737f','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "seen" VALUES('a','1:guid:a-3','3f822d0f6c4c501057b8','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "seen" VALUES('a','1:guid:a-4','130177ab079dbbf77fd6','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "seen" VALUES('a','1:guid:a-5','92cf0ee53eac0da0faa7','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "seen" VALUES('b','1:guid:b-0','8521f501b89b5717f922','2026-11-26T14:59:51.007815+00:00');
INSERT INTO "seen" VALUES('b','1:guid:b-1','b1c886d62d907fe39fe4','2026-11-26T15:00:03.152818+00:00');
CREATE TABLE silences (id TEXT PRIMARY KEY, ends TEXT NOT NULL, silence TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "silences" VALUES('1bd6','2026-11-27T00:00:25.481778+00:00','{"id":"1bd6","owner":"anna","reason":"an exercise","begins":"2026-11-26T15:00:25.481778Z","ends":"2026-11-27T00:00:25.481778Z","rule":["gatekeyword"],"country":[],"severity":[],"channel":[],"story":[],"source":[],"drop":false}');
CREATE TABLE sources (id TEXT PRIMARY KEY, next_poll TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "sources" VALUES('a','2026-11-26T15:00:23.798452+00:00','{"id":"a","next_poll":"2026-11-26T15:00:23.798452Z","reason":"every 1 s","seeded":"2026-11-26T14:59:51.005497Z","identity":"guid","etag":"\"665aa90ef59d55d7\"","last_modified":null,"body_hash":"665aa90ef59d55d7df665260d1a65e980578d62c59b2439af3648ba484109eba","failures":0,"polled":"2026-11-26T15:00:22.798452Z","succeeded":"2026-11-26T15:00:22.798452Z","last_outcome":"not_modified","last_detail":"","items_seen":6,"unconditional":"2026-11-26T15:00:03.105950Z","configured":"http://127.0.0.1:8080/a","address":"","moved_to":"","moved_since":null,"ttl":null,"news":["2026-11-26T15:00:03.105950Z"],"newest":null,"rows":{},"told":{},"brought":[5],"window":6,"moved_polls":0,"recovered":null}');
INSERT INTO "sources" VALUES('b','2026-11-26T15:00:23.798798+00:00','{"id":"b","next_poll":"2026-11-26T15:00:23.798798Z","reason":"every 1 s","seeded":"2026-11-26T14:59:51.007815Z","identity":"guid","etag":"\"20f838aba8e711a5\"","last_modified":null,"body_hash":"20f838aba8e711a57a7a03ce135333bf515b2efa718ab6d3a854e8963baa45c8","failures":0,"polled":"2026-11-26T15:00:22.798798Z","succeeded":"2026-11-26T15:00:22.798798Z","last_outcome":"not_modified","last_detail":"","items_seen":2,"unconditional":"2026-11-26T15:00:03.152818Z","configured":"http://127.0.0.1:8080/b","address":"","moved_to":"","moved_since":null,"ttl":null,"news":["2026-11-26T15:00:03.152818Z"],"newest":null,"rows":{},"told":{},"brought":[1],"window":2,"moved_polls":0,"recovered":null}');
INSERT INTO "sources" VALUES('broken','2026-11-26T15:00:24.889258+00:00','{"id":"broken","next_poll":"2026-11-26T15:00:24.889258Z","reason":"back-off after 4 failed polls (server_error)","seeded":null,"identity":null,"etag":null,"last_modified":null,"body_hash":null,"failures":4,"polled":"2026-11-26T15:00:16.491664Z","succeeded":null,"last_outcome":"server_error","last_detail":"the server answered 500 Internal Server Error","items_seen":0,"unconditional":null,"configured":"http://127.0.0.1:8080/broken","address":"","moved_to":"","moved_since":null,"ttl":null,"news":[],"newest":null,"rows":{},"told":{"broken":"2026-11-26T15:00:11.045481Z"},"brought":[],"window":0,"moved_polls":0,"recovered":null}');
CREATE TABLE stories (
        id TEXT PRIMARY KEY, rule TEXT NOT NULL, latest TEXT NOT NULL, story TEXT NOT NULL
    );
INSERT INTO "stories" VALUES('fae99fb140b3','fi-closure','2026-11-26T15:00:03.152818+00:00','{"id":"fae99fb140b3","rule":"fi-closure","kind":"closure_announced","country":"FI","opened":"2026-11-26T15:00:03.105950Z","latest":"2026-11-26T15:00:03.152818Z","crossings":["Vaalimaa","Nuijamaa"],"scope":"named","since":"2026-11-28","until":null,"value":null,"armed":true,"first_item":"d6d63111d8d5516acc0f","outlets":["a","b"],"official":[],"told":["fi-closure"],"waiting":[],"denied":false}');
INSERT INTO "stories" VALUES('b6b9e2b57df1','gatekeyword','2026-11-26T15:00:03.105950+00:00','{"id":"b6b9e2b57df1","rule":"gatekeyword","kind":"words","country":null,"opened":"2026-11-26T15:00:03.105950Z","latest":"2026-11-26T15:00:03.105950Z","crossings":[],"scope":"unspecified","since":null,"until":null,"value":null,"armed":true,"first_item":"b0deed457fe7de40737f","outlets":["a"],"official":[],"told":["gatekeyword"],"waiting":[],"denied":false}');
INSERT INTO "stories" VALUES('313ce41fa0be','fi-arrivals','2026-11-26T15:00:03.105950+00:00','{"id":"313ce41fa0be","rule":"fi-arrivals","kind":"count","country":"FI","opened":"2026-11-26T15:00:03.105950Z","latest":"2026-11-26T15:00:03.105950Z","crossings":[],"scope":"unspecified","since":null,"until":null,"value":140,"armed":false,"first_item":"3f822d0f6c4c501057b8","outlets":["a"],"official":[],"told":["fi-arrivals"],"waiting":[],"denied":false}');
INSERT INTO "stories" VALUES('5705dd5c96cc','digestword','2026-11-26T15:00:03.105950+00:00','{"id":"5705dd5c96cc","rule":"digestword","kind":"words","country":null,"opened":"2026-11-26T15:00:03.105950Z","latest":"2026-11-26T15:00:03.105950Z","crossings":[],"scope":"unspecified","since":null,"until":null,"value":null,"armed":true,"first_item":"130177ab079dbbf77fd6","outlets":["a"],"official":[],"told":["digestword"],"waiting":[],"denied":false}');
CREATE TABLE story_items (
        story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE, item TEXT NOT NULL,
        joined TEXT NOT NULL,
        PRIMARY KEY (story, item)
    ) WITHOUT ROWID;
INSERT INTO "story_items" VALUES('313ce41fa0be','3f822d0f6c4c501057b8','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "story_items" VALUES('5705dd5c96cc','130177ab079dbbf77fd6','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "story_items" VALUES('b6b9e2b57df1','b0deed457fe7de40737f','2026-11-26T15:00:03.105950+00:00');
INSERT INTO "story_items" VALUES('fae99fb140b3','b1c886d62d907fe39fe4','2026-11-26T15:00:03.152818+00:00');
INSERT INTO "story_items" VALUES('fae99fb140b3','d6d63111d8d5516acc0f','2026-11-26T15:00:03.105950+00:00');
CREATE TABLE upkeep (what TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "upkeep" VALUES('housekeeping done','2026-11-26T14:59:51.011812+00:00');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX stories_by_rule ON stories (rule, latest, id);
CREATE INDEX stories_by_latest ON stories (latest, id);
CREATE INDEX matches_by_item ON matches (item);
CREATE INDEX matches_by_story ON matches (story);
CREATE INDEX alerts_by_time ON alerts (at);
CREATE INDEX deliveries_open ON deliveries (channel, id, state, attempts, next_try, lease_until)
        WHERE state IN ('pending', 'sending');
CREATE INDEX deliveries_by_state ON deliveries (channel, state, settled);
CREATE INDEX attempts_by_delivery ON attempts (delivery);
CREATE INDEX copies_by_time ON copies (at);
CREATE INDEX items_by_source ON items (source);
CREATE INDEX story_items_by_item ON story_items (item);
CREATE INDEX deliveries_held ON deliveries (channel, next_try, id) WHERE state = 'held';
CREATE INDEX silences_by_end ON silences (ends);
COMMIT;
