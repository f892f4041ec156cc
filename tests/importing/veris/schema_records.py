"""Records made from VERIS's own JSON schema, which lies beside the repository: any that it allows, drawn by a seed."""

import json
import random
from pathlib import Path
from typing import Any, Final

SCHEMA: Final = Path(__file__).parents[4] / "shared" / "data" / "veris" / "schema" / "verisc-merged.json"

FIRST_YEAR: Final = 1970
"""No exercise begins earlier, so that an older day of recording is none."""

_TEXTS: Final = {"schema_version": "1.4.0", "time": "05:45:00 PM", "industry": "541511"}
_AMOUNTS: Final = (0, 1, 7, 499, 500, 12_000, 600_000, 2_000_000)


class SchemaRecords:
    """Makes records. Amounts repeat, so that kinds of data often have as many records as there are in all."""

    def __init__(self) -> None:
        self._schema = json.loads(SCHEMA.read_text(encoding="utf-8"))

    def record(self, seed: int) -> dict[str, Any]:
        """One record; the same for the same seed."""
        draw = random.Random(seed)  # noqa: S311 - no secret is drawn
        made = self._made(self._schema, "", draw, draw.choice([0.2, 0.5, 0.8]))
        assert isinstance(made, dict)
        made["incident_id"] = f"invented-{seed}"
        made["schema_version"] = "1.4.0"
        if draw.random() < 0.7:
            year = made["timeline"]["incident"]["year"] + draw.choice([-3, 0, 0, 1])
            created = f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}T03:04:05Z"
            made["plus"] = {"created": created} if year > FIRST_YEAR else {}
        return made

    def _made(self, schema: dict[str, Any], name: str, draw: random.Random, much: float) -> Any:
        if "enum" in schema:
            return draw.choice(schema["enum"])
        match schema.get("type"):
            case "array":
                items = [
                    self._made(schema["items"], name, draw, much)
                    for _number in range(draw.choice([1, 1, 2, 3]) if "items" in schema else 0)
                ]
                return list({json.dumps(item): item for item in items}.values()) if schema.get("uniqueItems") else items
            case "integer" | "number":
                if "minimum" in schema and "maximum" in schema:
                    return draw.randint(schema["minimum"], schema["maximum"])
                return draw.choice(_AMOUNTS)
            case "string":
                return _TEXTS.get(name, "invented")
            case "boolean":
                return draw.random() < 0.5
        required = set(schema.get("required", ()))
        return {
            key: self._made(inner, key, draw, much)
            for key, inner in schema.get("properties", {}).items()
            if key not in ("plus", "extra", "subsets") and (key in required or draw.random() < much)
        }
