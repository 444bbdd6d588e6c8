//! The heads from a model file.

use super::super::fine::Fine;
use super::super::tensors::{LoadError, Tensors};
use super::bio::Chain;
use super::coref::{self, Coref};
use super::roles::{self, Roles};
use super::syntax::{DISTANCES, Syntax};
use super::{Chains, Columns, Heads, Names, panels};

/// What the joint matrix is put together from: columns of several heads side by side, in whole panels.
pub(super) struct Joint {
    pub(super) width: usize,
    pub(super) columns: usize,
    pub(super) weights: Vec<Vec<f32>>,
    pub(super) bias: Vec<f32>,
}

impl Joint {
    pub(super) fn new(width: usize) -> Self {
        Self { width, columns: 0, weights: vec![Vec::new(); width], bias: Vec::new() }
    }

    pub(super) fn add(
        &mut self,
        t: &Tensors,
        name: &str,
        size: usize,
    ) -> Result<std::ops::Range<usize>, LoadError> {
        let w = t.floats(&format!("head.{name}.w"), &[self.width, size])?;
        for (to, row) in self.weights.iter_mut().zip(w.chunks_exact(size)) {
            to.extend_from_slice(row);
        }
        self.bias.extend(t.floats(&format!("head.{name}.b"), &[size])?);
        self.columns += size;
        Ok(self.columns - size..self.columns)
    }

    pub(super) fn pad(&mut self) {
        let to = panels(self.columns);
        for row in &mut self.weights {
            row.resize(to, 0.0);
        }
        self.bias.resize(to, 0.0);
        self.columns = to;
    }
}

impl Chains {
    /// For so many labels of names.
    pub(super) fn load(t: &Tensors, names: usize) -> Result<Self, LoadError> {
        let chain = |name: &str, n: usize| -> Result<Chain, LoadError> {
            Ok(Chain {
                trans: t.floats(&format!("head.{name}.trans"), &[n, n])?,
                start: t.floats(&format!("head.{name}.start"), &[n])?,
            })
        };
        Ok(Self { names: chain("names", names)?, time: chain("time", 3)? })
    }
}

/// Sizes of the vectors that pairs of words are scored by.
#[derive(serde::Deserialize)]
struct Sizes {
    role: usize,
    arc: usize,
    rel: usize,
    coref: usize,
}

impl Heads {
    /// Reads the heads for vectors of `width` floats.
    pub(in super::super) fn load(t: &Tensors, width: usize) -> Result<Self, LoadError> {
        let sizes: Sizes = t.parsed("dims")?;
        let list = |name: &str| -> Result<Vec<String>, LoadError> { t.parsed(name) };
        let fixed = |name: &str, wanted: &[&str]| -> Result<(), LoadError> {
            let found = list(name)?;
            let reason = format!("is {found:?} where {wanted:?} is expected");
            if found == wanted { Ok(()) } else { Err(LoadError::Entry { name: name.to_owned(), reason }) }
        };
        fixed("attr", &["source", "cue", "content", "inner"])?;
        fixed("bio", &["O", "B", "I"])?;
        let labels =
            Names { upos: list("upos")?, rel: list("rel")?, names: list("names")?, event: list("event")? };
        let role_names = list("role")?;
        if role_names.first().map(String::as_str) != Some("none")
            || role_names.get(1).map(String::as_str) != Some("source")
            || role_names.get(2).map(String::as_str) != Some("content")
        {
            let reason = format!("is {role_names:?}; it must begin with none, source, content");
            return Err(LoadError::Entry { name: "role".to_owned(), reason });
        }
        for (name, size) in
            [("role", sizes.role), ("arc", sizes.arc), ("rel", sizes.rel), ("coref", sizes.coref)]
        {
            if panels(size) != size || size == 0 {
                let reason = format!("gives {name} the size {size}, which is no multiple of 32");
                return Err(LoadError::Entry { name: "dims".to_owned(), reason });
            }
        }
        let mut j = Joint::new(width);
        let attr = j.add(t, "attr", 12)?.start;
        let upos = j.add(t, "upos", labels.upos.len())?;
        let names = j.add(t, "names", labels.names.len())?.start;
        let time = j.add(t, "time", 3)?.start;
        let event = j.add(t, "event", labels.event.len())?;
        j.pad();
        let flat = j.columns;
        let role = j.add(t, "role.word", sizes.role)?;
        let arc_dep = j.add(t, "arc.dep", sizes.arc)?;
        let arc_head = j.add(t, "arc.head", sizes.arc)?.start;
        let rel_dep = j.add(t, "rel.dep", sizes.rel)?;
        let rel_head = j.add(t, "rel.head", sizes.rel)?.start;
        let joint = fine("attr", &j.weights.concat(), &j.bias, width)?;
        let columns =
            Columns { attr, upos, names, time, event, flat, role, arc_dep, arc_head, rel_dep, rel_head };
        let (names_n, relations, roles) = (labels.names.len(), labels.rel.len(), role_names.len());
        let trans = t.floats("head.attr.trans", &[4, 3, 3])?;
        let start = t.floats("head.attr.start", &[4, 3])?;
        let attr = [0, 1, 2, 3].map(|k| Chain {
            trans: trans[9 * k..9 * (k + 1)].to_vec(),
            start: start[3 * k..3 * (k + 1)].to_vec(),
        });
        let root = labels.rel.iter().position(|r| r == "root").ok_or_else(|| LoadError::Entry {
            name: "rel".to_owned(),
            reason: "has no relation \"root\"".to_owned(),
        })?;
        Ok(Self {
            width,
            joint,
            columns,
            attr,
            chains: Chains::load(t, names_n)?,
            roles: load_roles(t, "role", width, sizes.role, roles)?,
            syntax: load_syntax(t, &sizes, relations, root)?,
            coref: load_coref(t, width, sizes.coref)?,
            labels,
            second: None,
        })
    }
}

pub(super) fn fine(name: &str, weights: &[f32], bias: &[f32], inner: usize) -> Result<Fine, LoadError> {
    Fine::new(weights, bias, inner).ok_or_else(|| LoadError::Tensor {
        name: format!("head.{name}.w"),
        reason: format!("has rows of a length ({inner}) that is no multiple of 16"),
    })
}

/// From tensors `[k][a][b]` to a matrix with one row for each `a` and one column for each `k, b`.
fn side_by_side(u: &[f32], kinds: usize, a: usize, b: usize, extra: usize) -> Vec<f32> {
    let width = kinds * b + extra;
    let mut out = vec![0.0; a * width];
    for k in 0..kinds {
        for i in 0..a {
            let from = (k * a + i) * b;
            out[i * width + k * b..][..b].copy_from_slice(&u[from..from + b]);
        }
    }
    out
}

pub(super) fn load_roles(
    t: &Tensors,
    name: &str,
    width: usize,
    size: usize,
    roles: usize,
) -> Result<Roles, LoadError> {
    let of = |part: &str| format!("head.{name}.{part}");
    let u = t.floats(&of("u"), &[roles, size, size])?;
    let v = t.floats(&of("v"), &[roles, size])?;
    let cue = t.floats(&of("cue.w"), &[width, size])?;
    Ok(Roles {
        roles,
        cue: fine(&format!("{name}.cue"), &cue, &t.floats(&of("cue.b"), &[size])?, width)?,
        // (aᵀU + v)·b is aᵀUb + v·b, so v is the bias.
        pair: fine(&format!("{name}.u"), &side_by_side(&u, roles, size, size, 0), &v, size)?,
        distance: t.floats(&of("dist"), &[DISTANCES, roles])?,
        sentence: t.floats(&of("sent"), &[roles::SENTENCES, roles])?,
    })
}

fn load_syntax(t: &Tensors, sizes: &Sizes, relations: usize, root: usize) -> Result<Syntax, LoadError> {
    let (arc, rel) = (sizes.arc, sizes.rel);
    let u = t.floats("head.rel.u", &[relations, rel, rel])?;
    let (of_dep, of_head) =
        (t.floats("head.rel.vd", &[relations, rel])?, t.floats("head.rel.vh", &[relations, rel])?);
    let mut weights = side_by_side(&u, relations, rel, rel, relations);
    let width = relations * rel + relations;
    for (r, row) in of_dep.chunks_exact(rel).enumerate() {
        for (a, v) in row.iter().enumerate() {
            weights[a * width + relations * rel + r] = *v;
        }
    }
    let mut bias = of_head;
    bias.extend(t.floats("head.rel.b", &[relations])?);
    Ok(Syntax {
        arc: fine("arc.u", &t.floats("head.arc.u", &[arc, arc])?, &t.floats("head.arc.v", &[arc])?, arc)?,
        arc_root: t.floats("head.arc.root", &[1, arc])?,
        arc_distance: t.floats("head.arc.dist", &[DISTANCES])?,
        rel: fine("rel.u", &weights, &bias, rel)?,
        relations,
        root,
    })
}

fn load_coref(t: &Tensors, width: usize, size: usize) -> Result<Coref, LoadError> {
    let side = |name: &str| -> Result<Fine, LoadError> {
        let w = t.floats(&format!("head.coref.{name}.w"), &[3 * width, size])?;
        fine(&format!("coref.{name}"), &w, &t.floats(&format!("head.coref.{name}.b"), &[size])?, 3 * width)
    };
    Ok(Coref {
        anaphor: side("ana")?,
        antecedent: side("ant")?,
        pair: fine(
            "coref.u",
            &t.floats("head.coref.u", &[size, size])?,
            &t.floats("head.coref.v", &[size])?,
            size,
        )?,
        new: t.floats("head.coref.new", &[size])?,
        kind: t.floats("head.coref.type", &[coref::KINDS, coref::KINDS])?,
        mentions: t.floats("head.coref.mdist", &[coref::MENTIONS])?,
        sentences: t.floats("head.coref.sdist", &[coref::SENTENCES])?,
        traits: t.floats("head.coref.flag", &[coref::TRAITS])?,
        new_kind: t.floats("head.coref.newtype", &[coref::KINDS])?,
        new_before: t.floats("head.coref.newflag", &[coref::BEFORE])?,
    })
}
