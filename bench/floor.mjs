// Starts the empty Yew page, as the widget's element starts the widget.
import init, { mount } from "floor";

await init({ module_or_path: new URL("floor.wasm", import.meta.url) });
mount(document.getElementById("floor"));
