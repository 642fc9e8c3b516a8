"""The JSON Schemas of the files, made from the tables of keys."""
import copy

WAYS = {
    # what a way has no key for, and whether it must lead somewhere
    "staying": (("times", "may_also_act"), False),
    "timed": ((), False),
    "leading": (("times", "may_also_act"), True),
    "start": (("times", "may_also_act", "end", "cancel", "also_start", "extend"), True),
    "fork": (("times", "may_also_act", "end"), True),
}
EVENTS = {
    "do": ["on", "with"], "claim": [], "release": [], "cancel": [], "correct": [], "retry": [],
    "effect": ["result", "error", "failed"], "resolve": ["result", "error"], "move": ["to"],
    "reassign": ["to"], "delegate": ["to"], "message": ["key", "with"],
}
TITLES = {"procedure": "A procedure", "tests": "The cases of a procedure",
          "simulation": "The scenario of a simulation", "calendar": "A calendar"}


def has(key):
    return {"required": [key]}


def ref(name):
    return {"$ref": f"#/$defs/{name}"}


class Schemas:
    def __init__(self, tables):
        self.tables = tables
        self.definitions = {name: self.resolved(said["schema"]) for name, said in tables.types.items()}
        for name, place in tables.places.items():
            if name not in ("way", "otherwise", "branch") and "kind" not in place:
                self.definitions[name] = self.place(place)
        for form in WAYS:
            self.ways(form)
        for context in ("state", "state_in_each", "branch"):
            self.states(context)

    def resolved(self, schema):
        if isinstance(schema, list):
            return [self.resolved(one) for one in schema]
        if not isinstance(schema, dict):
            return schema
        return {key: f"#/$defs/{value}" if key == "$ref" else self.resolved(value) for key, value in schema.items()}

    def property(self, key, said, form=None):
        type_name = said["type"]
        if form and key == "to":
            type_name = f"{form}_target"
        schema = ref(type_name)
        schema["description"] = said["en"] + "\n" + said["vi"]
        default = said.get("default", "")
        if isinstance(default, str) and default:
            import tables
            schema["default"] = tables.parse(default.strip("`"))
        if "example" in said:
            import tables
            schema["examples"] = [tables.parse(said["example"])[key]]
        return schema

    def place(self, place):
        form = place.get("way", "").replace("_way", "") or None
        keys = self.tables.keys(place)
        omitted = WAYS[form][0] if form else ()
        schema = {
            "type": "object",
            "description": place["title"]["en"] + "\n" + place["title"]["vi"],
            "properties": {key: self.property(key, said, form) for key, said in keys.items() if key not in omitted},
            "additionalProperties": False,
        }
        if form:
            self.rule_of_ways(schema, form)
        if "required" in place:
            schema["required"] = place["required"]
        if "one_of" in place:
            schema["oneOf"] = [has(key) for key in place["one_of"]]
        if "any_of" in place:
            schema["anyOf"] = [has(key) for key in place["any_of"]]
        if place.get("events"):
            self.rule_of_events(schema)
        return schema

    @staticmethod
    def rule_of_events(schema):
        schema["anyOf"] = [has(key) for key in ["at", "then", *EVENTS]]
        several = []
        events = list(EVENTS)
        for number, event in enumerate(events):
            rest = events[number + 1:]
            if rest:
                several.append({"if": has(event), "then": {"not": {"anyOf": [has(key) for key in rest]}}})
        for key in ("on", "with", "key", "result", "error", "failed", "to"):
            owners = [event for event, others in EVENTS.items() if key in others]
            several.append({"if": has(key), "then": {"anyOf": [has(owner) for owner in owners]}})
        several.append({"if": has("by"), "then": {"anyOf": [has(event) for event in EVENTS]}})
        answers = ["result", "error", "failed"]
        for number, answer in enumerate(answers[:-1]):
            several.append({"if": has(answer), "then": {"not": {"anyOf": [has(key) for key in answers[number + 1:]]}}})
        for event in EVENTS:
            if event not in ("effect", "message"):
                several.append({"if": has(event), "then": has("by")})
        for event in ("move", "reassign", "delegate"):
            several.append({"if": has(event), "then": has("to")})
        several.append({"if": {"not": has("message")}, "then": {"properties": {"then": {"not": has("message")}}}})
        schema["allOf"] = several

    @staticmethod
    def rule_of_ways(schema, form):
        leads = WAYS[form][1]
        if leads:
            schema["anyOf"] = [has("to"), has("end")] if form == "leading" else [has("to")]
        if form not in ("start", "fork"):
            schema["not"] = {"required": ["to", "end"]}
        schema["dependentRequired"] = {"text": ["notify"]}
        if form == "timed":
            schema["allOf"] = [{"if": has("times"), "then": {"not": {"anyOf": [has("to"), has("end")]}}}]

    def ways(self, form):
        omitted, leads = WAYS[form]
        keys = self.tables.places["way"]["keys"]
        schema = {
            "type": "object",
            "description": "A way\nHướng đi",
            "properties": {key: self.property(key, said, form) for key, said in keys.items() if key not in omitted},
            "additionalProperties": False,
        }
        self.rule_of_ways(schema, form)
        otherwise = self.tables.places["otherwise"]["keys"]["otherwise"]
        where = ref(f"{form}_way")
        if leads:
            where = {"allOf": [where, {"not": {"const": "stay"}}]}
        where = where | {"not": {"type": "object", "required": ["when"]}}
        last = {"type": "object", "additionalProperties": False,
                "properties": {"otherwise": where | {"description": otherwise["en"] + "\n" + otherwise["vi"]}}}
        self.definitions[f"{form}_way_keys"] = schema
        self.definitions[f"{form}_ways"] = {
            "type": "array",
            "contains": {"type": "object", "required": ["otherwise"]},
            "maxContains": 1,
            "items": {"type": "object", "if": has("otherwise"), "then": last,
                      "else": {"allOf": [ref(f"{form}_way_keys"), has("when")]}},
        }
        self.definitions[f"{form}_target"] = {"if": {"type": "array"}, "then": ref(f"{form}_ways"), "else": ref("id")}
        self.definitions[f"{form}_way"] = {
            "if": {"type": "object"}, "then": ref(f"{form}_way_keys"), "else": ref(f"{form}_target")}

    def states(self, context):
        chain = ref(f"{context}_idle")
        kinds = self.tables.kinds()
        for name, place in kinds.items():
            self.definitions[f"{context}_{name}"] = self.state(place, context)
        # What may stand beside another kind key comes last in the list, so that it is asked last.
        order = ["parallel", "each", *(name for name in kinds if name not in ("parallel", "each", "idle"))]
        for name in reversed(order):
            chain = {"if": has(kinds[name]["kind"]), "then": ref(f"{context}_{name}"), "else": chain}
        self.definitions[context] = {"type": "object"} | chain

    def state(self, place, context):
        schema = copy.deepcopy(self.place(place))
        kind = place["kind"]
        properties, required = schema["properties"], list(place.get("required", []))
        if context == "branch":
            properties.pop("to", None)
            when = self.tables.places["branch"]["keys"]["when"]
            properties["when"] = self.property("when", when)
        if context != "state" and "to" in required:
            required.remove("to")
        schema.pop("required", None)
        if required:
            schema["required"] = required
        if kind == "task" and context != "branch":
            schema["not"] = {"required": ["to", "actions"]}
            if context == "state":
                schema["anyOf"] = [has("to"), has("actions")]
        if kind in ("parallel", "each"):
            early = {"required": ["join"], "properties": {"join": {"not": {"const": "all"}}}}
            schema["if"], schema["then"], schema["else"] = early, has("others"), {"not": has("others")}
        if kind == "call":
            strange = ["result", "outcomes", "sla", "after", "actions", "receive"]
            schema["if"] = {"required": ["detached"], "properties": {"detached": {"const": True}}}
            schema["then"] = {"not": {"anyOf": [has(key) for key in strange]}}
            schema["else"] = {"if": has("outcomes"), "then": {"anyOf": [has("to"), {
                "properties": {"outcomes": has("otherwise")}}]}}
        if place.get("kinds"):
            for other in self.tables.kinds().values():
                if other["kind"] in other["keys"]:
                    properties[other["kind"]] = self.property(other["kind"], other["keys"][other["kind"]])
        return schema

    def whole(self, file):
        root = next(name for name, place in self.tables.places.items() if place["file"] == file)
        used = {}

        def collect(schema):
            if isinstance(schema, list):
                for one in schema:
                    collect(one)
            elif isinstance(schema, dict):
                for key, value in schema.items():
                    if key == "$ref":
                        name = value.removeprefix("#/$defs/")
                        if name not in used:
                            used[name] = self.definitions[name]
                            collect(used[name])
                    elif key == "properties":
                        collect(list(value.values()))
                    elif key not in ("examples", "default"):
                        collect(value)

        top = copy.deepcopy(self.definitions[root])
        if file == "procedure":
            top["allOf"] = [{"if": {"required": ["start"], "properties": {"start": {
                "type": "object", "not": {"anyOf": [has(key) for key in ("when", "to", "set", "notify", "text", "send")]}}}},
                "then": {"not": has("input")}}]
        collect(top)
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": TITLES[file]} | top | {
            "$defs": {name: used[name] for name in sorted(used)}}
