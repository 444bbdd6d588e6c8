#!/usr/bin/env python3
"""Proves the gold files against reports/. Exit code 1 on any fault."""
import json,os,re,sys,datetime
from collections import Counter,defaultdict
D=os.path.dirname(os.path.abspath(__file__)); bad=[]
L=lambda f:[json.loads(x) for x in open(os.path.join(D,f))]
T={f[:-4]:open(os.path.join(D,'reports',f)).read() for f in os.listdir(os.path.join(D,'reports'))}
O=L('origins.jsonl'); P=L('partial.jsonl'); E=L('events.jsonl'); C=L('conflicts.jsonl'); R=L('traps.jsonl'); S=L('positions.jsonl')
org={x['report']:x for x in O}
if set(org)!=set(T) or len(O)!=len(org): bad.append('reports and origins.jsonl differ')
def occ(t,w):
    n=[];i=t.find(w)
    while i>=0: n.append(i); i=t.find(w,i+1)
    return n
q=0
def quote(m,where):
    global q; q+=1
    t=T.get(m['report'])
    if t is None: bad.append((where,'no report',m['report'])); return
    o=occ(t,m['words'])
    if not m['words'].strip() or len(o)<m['nth'] or o[m['nth']-1]!=m['start']: bad.append((where,m))
def iso(d):
    for x in d.split('/'):
        if not re.fullmatch(r'\d{4}(-\d\d(-\d\d)?)?',x): return False
        if len(x)==10: datetime.date.fromisoformat(x)
    return True
for x in O:
    if x['relation'] not in('lead','exact','near','update') or not iso(x['true_date']): bad.append(x)
    m=re.search(r'^Date: (.*)$',T[x['report']].split('\n\n')[0],re.M)
    if bool(m)!=x['dated'] or (m and m[1]!=x['true_date']): bad.append(('date',x))
    h=T[x['report']].split('\n\n')[0]
    if not re.search(r'^Title: ',h,re.M) or not re.search(r'^Outlet: ',h,re.M): bad.append(('header',x))
    if re.search(r'[{}]',T[x['report']]): bad.append(('markup',x))
leads=Counter(x['origin'] for x in O if x['relation']=='lead')
for o in {x['origin'] for x in O}:
    if leads[o]!=1: bad.append(('lead count',o))
    if len({x['story'] for x in O if x['origin']==o})!=1: bad.append(('story',o))
body=lambda r:T[r].split('\n\n',1)[1]
for x in O:
    if x['relation']=='exact' and not any(y['origin']==x['origin'] and y['report']!=x['report'] and body(y['report'])==body(x['report']) for y in O): bad.append(('not exact',x))
for x in P:
    a,b=x['report'],x['from_report']
    if org[a]['origin']==org[b]['origin']: bad.append(('partial same origin',x))
    sh=set(body(a).strip().split('\n\n'))&set(body(b).strip().split('\n\n'))
    if not sh or len(sh)==len(body(b).strip().split('\n\n')): bad.append(('partial',x))
# no unrecorded paragraph shared by two origins
par=defaultdict(set)
for r in T:
    for p in body(r).strip().split('\n\n'):
        if len(p.split())>8: par[p].add(r)
rec={(x['report'],org[x['from_report']]['origin']) for x in P}
for p,rs in par.items():
    os_={org[r]['origin'] for r in rs}
    for r in rs:
        for o in os_-{org[r]['origin']}:
            if (r,o) not in rec and not any((r2,org[r]['origin']) in rec for r2 in rs if org[r2]['origin']==o): bad.append(('shared paragraph',r,o,p[:40]))
ids=set()
for e in E:
    ids.add(e['event'])
    if not iso(e['date']) or not e['mentions']: bad.append(e['event'])
    sp=defaultdict(list)
    for m in e['mentions']:
        quote(m,e['event'])
        for a,b in sp[m['report']]:
            if a<m['start']+len(m['words']) and m['start']<b: bad.append(('overlap',e['event'],m))
        sp[m['report']].append((m['start'],m['start']+len(m['words'])))
for name,X in(('conflict',C),('trap',R)):
    for c in X:
        if c['kind'] not in('date','figure','place','participant','status','speaker','wording'): bad.append(c['id'])
        if len(c['sides'])<2: bad.append(c['id'])
        for e in re.findall(r'\bE\d{3}\b',c['about']):
            if e not in ids: bad.append((c['id'],e))
        for s in c['sides']:
            if not s['evidence']: bad.append((c['id'],'no evidence'))
            for m in s['evidence']:
                quote(m,c['id'])
                exp=org[m['taken_from']]['origin'] if 'taken_from' in m else org[m['report']]['origin']
                if m['origin']!=exp: bad.append((c['id'],'origin',m))
            if s['origins']!=sorted({m['origin'] for m in s['evidence']}): bad.append((c['id'],'origins'))
for p in S:
    for m in p['stances']:
        quote(m,p['actor'])
        if m['stance'] not in('for','against','conditional'): bad.append(m)
ws=sorted(len(body(r).split()) for r in T)
print('reports',len(T),'words',sum(ws),'min/median/max',ws[0],ws[len(ws)//2],ws[-1])
print('origins',len(leads),'by story',dict(sorted(Counter({o:x for x in []}).items())) or dict(sorted(Counter(x['story'] for x in O if x['relation']=='lead').items())),'reports by story',dict(sorted(Counter(x['story'] for x in O).items())))
print('relations',dict(Counter(x['relation'] for x in O)),'undated',sum(not x['dated'] for x in O),'partial',len(P))
nm=sum(len(e['mentions']) for e in E)
multi=sum(len({org[m['report']]['origin'] for m in e['mentions']})>1 for e in E)
print('events',len(E),'status',dict(Counter(e['status'] for e in E)),'mentions',nm,'events told by 2+ origins',multi)
def cross(c):
    s=[set(x['origins']) for x in c['sides']]; return any(len(s[i]|s[j])>1 and (s[i]-s[j] or s[j]-s[i]) for i in range(len(s)) for j in range(i))
for n,X in(('conflicts',C),('traps',R)): print(n,len(X),dict(Counter(c['kind'] for c in X)),'across origins',sum(map(cross,X)))
print('positions',len(S),'stances',sum(len(p['stances']) for p in S))
print('quotes proved',q,'faults',len(bad))
for b in bad[:40]: print('FAULT',b)
sys.exit(bool(bad))
