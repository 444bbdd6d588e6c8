//! Tells the compiler whether the weights of the learned reader, of its second reading and of its senses are there to be built in.

fn main() {
    for (weights, flag) in
        [("reader", "embedded_weights"), ("second", "embedded_second"), ("senses", "embedded_senses")]
    {
        let weights = format!("weights/{weights}.safetensors");
        println!("cargo:rustc-check-cfg=cfg({flag})");
        println!("cargo:rerun-if-changed={weights}");
        if std::path::Path::new(&weights).is_file() {
            println!("cargo:rustc-cfg={flag}");
        }
    }
}
