// The policy pack laid open, as the desk shows it: a few values of each sort, long sources among them.
import type { DistrictLine, PackLine, PackView, SourceLine, Sure } from '../src/contract'

function from(source: string, sure: Sure, date = '2026-11-23 查阅'): SourceLine {
  return { source, date, sure }
}

function line(name: string, value: string, source: SourceLine, note: string | null = null): PackLine {
  return { name, value, from: source, note }
}

function district(name: string, phone: string | null, status: string, raw: string | null, platform = '市一体化平台'): DistrictLine {
  return { name, phone, status, raw, platform, from: from('规程 四', 'high') }
}

export const packView: PackView = {
  title: '益阳 2021',
  status: '正在办理',
  in_force: '2021年1月1日至2022年2月28日',
  procedure: '益阳市“一件事一次办”跨域通办窗口工作规程（附件4），无日期、无文号、无发文机关',
  compiled: '2026年11月23日',
  hash: '8f14e45fceea167a5a36dedd4bea2543c4ca4238a0b923820dcc509a6f75849b',
  chapters: [
    {
      name: '办什么',
      lines: [
        line('套餐名称', '我要办理老年优待证', from('规程 一、三、五、六·6', 'high')),
        line('基本编码', '432023107W00', from('规程 一、三、五、六·6', 'high')),
        line('起止日期', '2021年1月1日至2022年2月28日', from('起日为推定（规程无日期）；止日：湖南省自2022-03-01起停办（公开来源），长沙公交2022-03-12公告相印证', 'low', '2022-03-12')),
      ],
    },
    {
      name: '谁可以办',
      lines: [
        line(
          '最低年龄（周岁）',
          '65',
          from('规程未写年龄；湖南此证按65周岁办理：衡阳民政公开办事说明、长沙公交2022-03-12公告、湖南某高校2015年办证说明（公开来源）', 'medium', '2022-03-12'),
          '老年人权益保障法第二条的老年人是60周岁以上，优待证年龄由地方定',
        ),
        line('2月29日出生者平年的生日', '平年在2月28日', from('推定；按民法典第二百零二条，没有对应日的以月末日为准', 'low'), '也可取 first_of_march'),
        line('户口不在窗口所属区域', '凭居住证受理', from('规程 六·4', 'high'), '取 refuse 则不受理外地户口'),
        line('窗口所属区域的范围', '县（市、区）', from('规程 六·4 未定义；推定为县（市、区）', 'low'), '需向委托方确认'),
      ],
    },
    {
      name: '要什么材料',
      lines: [
        line('申请人身份证', '一律；扫描后退回；不可容缺', from('规程 六·1；历史资料经核对可直接利用：规程 八（三）', 'high'), '第二代身份证，在有效期内；扫描后退回'),
        line('授权委托书（含代理人身份证明复印件）', '办理方式：代理人；扫描后退回；不可容缺', from('规程 六·3；原文另有拟稿附注：省里没做要求', 'high'), '原件1份；查验代理人身份证；写明双方信息、事项和权限'),
      ],
    },
  ],
  districts: [
    district('南县', '0737-5215120', '可用', null),
    district('安化县', '0737-7821650', '可用，写法已修整', '0737-7821650 '),
    district('桃江县', '0737-8788842', '可用', null, '桃江县一体化平台'),
    district('沅江市', '0737-2703826', '可用', null),
    district('大通湖区', '0737-5664153', '可用，写法已修整', '0737－5664153'),
    district('赫山区', '0737-4423642', '可用', null),
    district('资阳区', '0737-4303399', '可用', null),
    district('高新区', '0737-6204118', '可用，写法已修整', ' 0737-6204118'),
    district('东部新区', null, '号码待核实：位数不对', '0737-461700'),
  ],
}
