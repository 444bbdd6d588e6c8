//! Tells the compiler whether the weights of the learned reader are there to be built in.

fn main() {
    let weights = "weights/reader.safetensors";
    println!("cargo:rustc-check-cfg=cfg(embedded_weights)");
    println!("cargo:rerun-if-changed={weights}");
    if std::path::Path::new(weights).is_file() {
        println!("cargo:rustc-cfg=embedded_weights");
    }
}
