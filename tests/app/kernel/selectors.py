"""What can be found in a drawing."""

import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"


def selectors(svg: str) -> set[str]:
    """List all selectors of the parts of nodes and edges in a drawing."""
    found = set()
    for group in ET.fromstring(svg).iter(f"{SVG}g"):
        for name in ("data-node", "data-edge"):
            if name in group.attrib:
                here = f'[{name}="{group.attrib[name]}"]'
                found.add(here)
                for element in group.iter():
                    classes = element.attrib.get("class", "").split()
                    found |= {f"{here} .{name}" for name in (*classes, ".".join(classes))}
                    found.add(f"{here} [data-role={element.attrib.get('data-role')}]")
    return found
